import { ok } from "../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { pinned } from "../../../../../lib/messages/look.ts";
import { demandRoomId } from "../../../../../lib/rooms/access.ts";

export const handlers = {
  /** The room's pinned messages, the newest pin first. */
  GET: anyone(async ({ params, state: { services, session } }) =>
    ok(await pinned(services, session?.viewer ?? null, demandRoomId(params.roomId)))
  ),
};
