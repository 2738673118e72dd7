import { ok } from "../../../../lib/http/envelope.ts";
import { anyone } from "../../../../lib/http/guards.ts";
import { openGhostRoom } from "../../../../lib/rooms/ghosts/tokens.ts";

export const handlers = {
  /** `{valid: true, expiresAt}`, or why a ghost room's link leads nowhere. */
  GET: anyone(async ({ params, state: { services, exchange } }) => {
    const { endsAt } = await openGhostRoom(services, params.token!, exchange.address);
    return ok({ valid: true, expiresAt: endsAt });
  }),
};
