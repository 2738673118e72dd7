import { AppError } from "../../../lib/errors.ts";
import { fileResponse } from "../../../lib/http/file_response.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { findPicture } from "../../../lib/previews/picture.ts";

/** Kept for a year: another picture has another address. */
const SHOWN = { disposition: "inline", cacheControl: "public, max-age=31536000, immutable" } as const;

export const handlers = {
  /** The picture of a page that a message leads to: our own small copy, written anew, under a name that cannot be guessed. */
  GET: anyone(async ({ req, params, state: { services } }) => {
    const picture = await findPicture(services, params.name!);
    if (!picture) throw new AppError("NOT_FOUND");
    const { bytes, type } = picture;
    const file = {
      ...{ name: "", type, size: bytes.length, tag: params.name!.replace(".", "-") },
      read: (range = { first: 0, last: bytes.length - 1 }) =>
        Promise.resolve(new Blob([bytes.subarray(range.first, range.last + 1)]).stream()),
    };
    return await fileResponse(req, file, SHOWN);
  }),
};
