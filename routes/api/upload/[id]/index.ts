import { takesBytes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { participant } from "../../../../lib/http/guards.ts";
import { cancelUpload, receiveUpload } from "../../../../lib/uploads/receive.ts";

export const handlers = {
  /**
   * The bytes of an announced file, exactly as many as were announced; the CSRF token stands in its header. Sent again, they
   * take the place of those that came before.
   */
  PUT: participant(takesBytes(async ({ params, state: { services, session } }, sent) => {
    await receiveUpload(services, session.viewer, params.id!, sent);
    return ok(null);
  })),

  /** Takes a file back that is on its way. */
  DELETE: participant(async ({ params, state: { services, session } }) => {
    await cancelUpload(services, session.viewer, params.id!);
    return ok(null);
  }),
};
