import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { leave } from "../../../../../lib/rooms/members.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /**
   * Leaves the room → `{left: true}`. An owner's place goes to the longest-serving moderator, else member; a slug or
   * password room that nobody is left in is archived.
   */
  POST: signedIn(async ({ params, state: { services, session } }) => {
    await leave(services, session.viewer, await roomNamed(services, params.slug!));
    return ok({ left: true });
  }),
};
