import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { somebody } from "../../../../../lib/protocol/forms/rooms.ts";
import { kick } from "../../../../../lib/rooms/members.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Sends somebody out, who may come back the way they came → `{userId}`. */
  POST: signedIn(takes(somebody, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    await kick(services, session.viewer, roomId, input.userId);
    return ok(input);
  })),
};
