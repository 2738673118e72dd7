import { AppError } from "../../../lib/errors.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { removeAvatar, setAvatar } from "../../../lib/profile/avatars.ts";
import { AVATAR_MAX_BYTES } from "../../../lib/protocol/avatars.ts";

export const handlers = {
  /** A multipart form with the file `avatar` → `{avatar}`, its address. */
  POST: member(async ({ state: { services, session, upload } }) => {
    if (!upload) {
      throw new AppError("BAD_REQUEST", { message: "Send a multipart form with the file “avatar”." });
    }
    const { files } = await upload(AVATAR_MAX_BYTES);
    return ok({ avatar: await setAvatar(services, session.viewer, files.avatar) });
  }),

  /** The avatar is drawn from the name again. */
  DELETE: member(async ({ state: { services, session } }) => {
    await removeAvatar(services, session.viewer.id);
    return ok(null);
  }),
};
