import { AppError } from "../../../lib/errors.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { findAvatar } from "../../../lib/profile/avatars.ts";

/** Seconds: a year. Another picture has another address. */
const KEPT = 31_536_000;

export const handlers = {
  /** Somebody's picture. We made every one of these ourselves, as WebP, from what was uploaded. */
  GET: anyone(async ({ params, state: { services } }) => {
    const picture = await findAvatar(services, params.name!);
    if (!picture) throw new AppError("NOT_FOUND");
    const headers = { "content-type": "image/webp", "cache-control": `public, max-age=${KEPT}, immutable` };
    return new Response(picture, { headers });
  }),
};
