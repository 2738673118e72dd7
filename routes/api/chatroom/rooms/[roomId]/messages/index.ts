import { takesQuery } from "../../../../../../lib/http/contract.ts";
import { ok } from "../../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../../lib/http/guards.ts";
import { historyPage } from "../../../../../../lib/messages/history.ts";
import { historyQuery } from "../../../../../../lib/protocol/forms/messages.ts";
import { accessRoom, demandRoomId } from "../../../../../../lib/rooms/access.ts";

export const handlers = {
  /**
   * `?cursor=&limit=` → `{messages, nextCursor}`, newest page first, each page oldest first. With `after` in place of
   * `cursor` pages come the other way, from that seq on.
   */
  GET: anyone(takesQuery(historyQuery, async ({ params, state: { services, session } }, query) => {
    const id = demandRoomId(params.roomId);
    const viewer = session?.viewer ?? null;
    await accessRoom(services.rooms, viewer, "read", id);
    return ok(await historyPage(services.sql, id, { ...query, reader: viewer?.id ?? null }));
  })),
};
