import { ok } from "../../../../lib/http/envelope.ts";
import { participant } from "../../../../lib/http/guards.ts";
import { leaveGhostRoom } from "../../../../lib/rooms/ghosts/leave.ts";
import { roomNamed } from "../../../../lib/rooms/ghosts/tokens.ts";

export const handlers = {
  /** A ghost goes: their session is over, place and nickname are free at once. */
  POST: participant(async ({ params, state: { services, session, exchange } }) => {
    const id = await roomNamed(services, params.token!, exchange.address);
    await leaveGhostRoom(services, session.viewer, id);
    return ok(null);
  }),
};
