import { ok } from "../../../../lib/http/envelope.ts";
import { anyone } from "../../../../lib/http/guards.ts";
import { roomId } from "../../../../lib/protocol/id_schemas.ts";
import { describeGhostRoom } from "../../../../lib/rooms/ghosts/describe.ts";
import { roomWithLastMessages } from "../../../../lib/rooms/last_messages.ts";

export const handlers = {
  /**
   * A ghost room by its token → `{token, expiresAt, participantCount, capacity, createdAt, encrypted, keyCheck?}`. With the
   * id of a room that I may read in its place → `{room, headSeq, messages, role}`.
   */
  GET: anyone(async ({ params, state: { services, session, exchange } }) => {
    const id = roomId.safeParse(params.token);
    if (id.success) return ok(await roomWithLastMessages(services, session?.viewer ?? null, id.data));
    return ok(await describeGhostRoom(services, params.token!, exchange.address));
  }),
};
