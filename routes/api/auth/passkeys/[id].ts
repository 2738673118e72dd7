import { removeOwnPasskey, renameOwnPasskey } from "../../../../lib/auth/passkeys.ts";
import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { passkeyRename } from "../../../../lib/protocol/forms/passkeys.ts";

export const handlers = {
  /** `{name}` */
  PATCH: member(takes(passkeyRename, async ({ params, state: { services, session } }, { name }) => {
    await renameOwnPasskey(services, session.viewer.id, params.id!, name);
    return ok(null);
  })),

  /** The device may still offer it; it opens nothing any more. */
  DELETE: member(async ({ params, state: { services, session } }) => {
    await removeOwnPasskey(services, session.viewer.id, params.id!);
    return ok(null);
  }),
};
