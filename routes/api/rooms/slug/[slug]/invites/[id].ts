import { ok } from "../../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../../lib/http/guards.ts";
import { listInvites, revokeInvite } from "../../../../../../lib/rooms/invites.ts";
import { roomNamed } from "../../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Takes an invite back → the list of those that are left. Moderators take back anybody's. */
  DELETE: signedIn(async ({ params, state: { services, session } }) => {
    const roomId = await roomNamed(services, params.slug!);
    await revokeInvite(services, session.viewer, roomId, params.id!);
    return ok(await listInvites(services, session.viewer, roomId));
  }),
};
