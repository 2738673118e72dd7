import type { AvatarSize } from "../../protocol/avatars.ts";

/**
 * Pictures that people send, decoded by what they are and written anew, so that nothing else of them remains. The
 * decoder is native code: it comes with the services, so that the built pages need not hold it.
 */
export interface Images {
  /**
   * A square picture in each of the avatar's sizes, as WebP: turned the way it was taken, cropped around its middle, and
   * without what the camera wrote into it. Of a moving picture the first frame.
   */
  squares(bytes: Uint8Array): Promise<Squares>;
}

/** `refused`: why the picture cannot be used, in words for the person who sent it. */
export type Squares = { pictures: Map<AvatarSize, Uint8Array>; refused?: undefined } | { refused: string };
