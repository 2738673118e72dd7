import { ok } from "../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { roomDetails } from "../../../../../lib/rooms/details.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /**
   * A room by its slug, or by its id → `{room, role, memberCount, settings, may, members, bans?, invites?}`: bans for
   * those who may ban, invites for those who may invite. Strangers get `{room, role: null, memberCount}` of public
   * rooms, and NOT_A_MEMBER of others.
   */
  GET: anyone(async ({ params, state: { services, session } }) => {
    return ok(await roomDetails(services, session?.viewer ?? null, await roomNamed(services, params.slug!)));
  }),
};
