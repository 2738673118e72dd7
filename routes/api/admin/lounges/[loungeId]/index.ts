import { changeLounge, readLounge } from "../../../../../lib/admin/lounges.ts";
import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { admin } from "../../../../../lib/http/guards.ts";
import { loungeChange } from "../../../../../lib/protocol/forms/lounges.ts";

export const handlers = {
  /** One lounge, named by its id or its slug, with all its language rooms. */
  GET: admin(async ({ params, state: { services, session } }) => {
    return ok(await readLounge(services, session.viewer, params.loungeId!));
  }),

  /**
   * Changes what is given. `archived` closes the lounge with all its rooms, or opens it with those that were not
   * closed by themselves.
   */
  PATCH: admin(takes(loungeChange, async ({ params, state: { services, session } }, change) => {
    return ok(await changeLounge(services, session.viewer, params.loungeId!, change));
  })),
};
