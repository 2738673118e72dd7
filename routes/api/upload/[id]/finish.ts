import { ok } from "../../../../lib/http/envelope.ts";
import { participant } from "../../../../lib/http/guards.ts";
import { finishUpload } from "../../../../lib/uploads/finish.ts";

export const handlers = {
  /**
   * Makes what was sent a file, for a message to show → `{id, name, type, size, url}`, with `width`, `height`, `placeholder`
   * and `thumbUrl` for pictures, which are written anew. Asked again, it answers the same.
   */
  POST: participant(async ({ params, state: { services, session } }) => {
    return ok(await finishUpload(services, session.viewer, params.id!));
  }),
};
