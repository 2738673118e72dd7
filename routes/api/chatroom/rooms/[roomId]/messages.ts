import { AppError } from "../../../../../lib/errors.ts";
import { takesQuery } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { historyPage } from "../../../../../lib/messages/history.ts";
import { historyQuery } from "../../../../../lib/protocol/forms/messages.ts";
import { roomId } from "../../../../../lib/protocol/ids.ts";
import { accessRoom } from "../../../../../lib/rooms/access.ts";

export const handlers = {
  /** `?cursor=&limit=` → `{messages, nextCursor}`, newest page first, each page oldest first. */
  GET: anyone(takesQuery(historyQuery, async ({ params, state: { services, session } }, query) => {
    const id = roomId.safeParse(params.roomId);
    if (!id.success) throw new AppError("ROOM_NOT_FOUND");
    const viewer = session?.viewer ?? null;
    await accessRoom(services.rooms, viewer, "read", id.data);
    return ok(await historyPage(services.sql, id.data, { ...query, reader: viewer?.id ?? null }));
  })),
};
