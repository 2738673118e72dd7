import { takesQuery } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { participant } from "../../../lib/http/guards.ts";
import { historyPage } from "../../../lib/messages/history.ts";
import { ghostHistory } from "../../../lib/protocol/forms/ghosts.ts";
import { accessRoom } from "../../../lib/rooms/access.ts";
import { claimPlace } from "../../../lib/rooms/ghosts/places.ts";
import { roomNamed } from "../../../lib/rooms/ghosts/tokens.ts";

export const handlers = {
  /**
   * `?limit=&before=` → `{messages, nextCursor}` of a ghost's room, newest page first, each page oldest first. Clients
   * without a socket keep their place by asking.
   */
  GET: participant(takesQuery(
    ghostHistory,
    async ({ params, state: { services, session, exchange } }, { before, limit }) => {
      const { viewer } = session;
      const room = await roomNamed(services, params.roomToken!, exchange.address);
      await accessRoom(services.rooms, viewer, "read", room);
      if (viewer.room === room) await claimPlace(services, viewer);
      return ok(await historyPage(services.sql, room, { reader: viewer.id, cursor: before, limit }));
    },
  )),
};
