import { takesFile } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { removeAvatar, setAvatar } from "../../../lib/profile/avatars.ts";
import { AVATAR_MAX_BYTES } from "../../../lib/protocol/avatars.ts";

const AVATAR = { name: "avatar", maxBytes: AVATAR_MAX_BYTES };

export const handlers = {
  /** A multipart form with the file `avatar` → `{avatar}`, its address. */
  POST: member(takesFile(AVATAR, async ({ state: { services, session } }, file) => {
    return ok({ avatar: await setAvatar(services, session.viewer, file) });
  })),

  /** The avatar is drawn from the name again. */
  DELETE: member(async ({ state: { services, session } }) => {
    await removeAvatar(services, session.viewer.id);
    return ok(null);
  }),
};
