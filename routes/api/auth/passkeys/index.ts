import { listPasskeys } from "../../../../lib/auth/passkeys.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";

export const handlers = {
  /** `[{id, name, createdAt, lastUsedAt}]`, oldest first. */
  GET: member(async ({ state: { services, session } }) =>
    ok(await listPasskeys(services, session.viewer.id))
  ),
};
