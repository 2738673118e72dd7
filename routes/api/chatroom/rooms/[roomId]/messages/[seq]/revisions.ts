import { ok } from "../../../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../../../lib/http/guards.ts";
import { revisions } from "../../../../../../../lib/messages/look.ts";
import { demandRoomId, demandSeq } from "../../../../../../../lib/rooms/access.ts";

export const handlers = {
  /** What the message said before each edit, oldest first. For its author and the room's moderators. */
  GET: signedIn(async ({ params, state: { services, session } }) =>
    ok(await revisions(services, session!.viewer, demandRoomId(params.roomId), demandSeq(params.seq)))
  ),
};
