import { Turnstile } from "../../turnstile.ts";
import { formatOf, Refused } from "./decode.ts";
import type { Images } from "./images.ts";
import { pictureFrom } from "./picture.ts";
import { smallPicture } from "./small.ts";
import { squarePictures } from "./squares.ts";

/** A picture that must be turned is held whole: some 160 MB for the largest. */
const DECODED_AT_ONCE = 2;

/** Decoding by libvips, on threads of its own. */
export function createImages(): Images {
  const turnstile = new Turnstile(DECODED_AT_ONCE);
  return {
    isPicture: (head) => formatOf(head) !== null,
    squares: (bytes) => told(turnstile.pass(async () => ({ pictures: await squarePictures(bytes) }))),
    thumbnail: (bytes, box) => told(turnstile.pass(() => smallPicture(bytes, box))),
    picture: (read, maxBytes) =>
      told(turnstile.pass(async () => ({ picture: await pictureFrom(await read(), maxBytes) }))),
  };
}

async function told<Result>(made: Promise<Result>): Promise<Result | { refused: string }> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}
