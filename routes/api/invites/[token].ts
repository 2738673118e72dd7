import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { invitedTo } from "../../../lib/rooms/invites.ts";

export const handlers = {
  /** What an invite link leads to → `{room, memberCount, expiresAt}`. Who holds it may know; coming in takes an account. */
  GET: anyone(async ({ params, state: { services } }) => ok(await invitedTo(services, params.token!))),
};
