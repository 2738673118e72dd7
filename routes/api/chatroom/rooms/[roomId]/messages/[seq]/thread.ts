import { ok } from "../../../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../../../lib/http/guards.ts";
import { thread } from "../../../../../../../lib/messages/look.ts";
import { demandRoomId, demandSeq } from "../../../../../../../lib/rooms/access.ts";

export const handlers = {
  /** The message that began the thread and all that answers it or its answers, oldest first. */
  GET: anyone(async ({ params, state: { services, session } }) =>
    ok(await thread(services, session?.viewer ?? null, demandRoomId(params.roomId), demandSeq(params.seq)))
  ),
};
