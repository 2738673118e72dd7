import type { AvatarSize } from "../../protocol/avatars.ts";

/**
 * Pictures that people send, decoded by what they are and written anew, so that nothing else of them remains. The
 * decoder is native code: it comes with the services, so that the built pages need not hold it.
 */
export interface Images {
  /** Whether a file that begins so is a picture of the kinds we decode: JPEG, PNG, WebP, GIF, AVIF. */
  isPicture(head: Uint8Array): boolean;
  /**
   * A square picture in each of the avatar's sizes, as WebP: turned the way it was taken, cropped around its middle, and
   * without what the camera wrote into it. Of a moving picture the first frame.
   */
  squares(bytes: Uint8Array): Promise<Squares>;
  /** The whole picture as WebP, turned the way it was taken, no larger than `box` and than it was. */
  thumbnail(bytes: Uint8Array, box: Box): Promise<Thumbnail>;
  /**
   * A picture as conversations show it: turned the way it was taken, no side longer than {@link SIDE_MAX}, in sRGB, without
   * what the camera wrote into it. Moving pictures go on moving.
   * @param read called once it is this picture's turn: few are held in memory at a time
   * @param maxBytes of the picture written anew; one that would be larger loses some of its sharpness instead
   */
  picture(read: () => Promise<Uint8Array>, maxBytes: number): Promise<PictureResult>;
}

/** `refused`: why the picture cannot be used, in words for the person who sent it. */
export type Squares = { pictures: Map<AvatarSize, Uint8Array>; refused?: undefined } | { refused: string };
/** `refused` as in {@link Squares}. */
export type Thumbnail = Box & { bytes: Uint8Array; refused?: undefined } | { refused: string };
/** `refused` as in {@link Squares}. */
export type PictureResult = { picture: Picture; refused?: undefined } | { refused: string };

/** In pixels. */
export interface Box {
  width: number;
  height: number;
}

export interface Picture {
  bytes: Uint8Array;
  type: "image/jpeg" | "image/png" | "image/webp";
  width: number;
  height: number;
  animated: boolean;
  /** WebP, no side longer than {@link THUMB_SIDE}, never moving. */
  thumb: Uint8Array;
  /** A `data:` address of a few hundred characters: what stands there before the picture has come. */
  placeholder?: string;
}

/** Pixels. */
export const SIDE_MAX = 4096;
export const THUMB_SIDE = 480;
