import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { promotion } from "../../../../../lib/protocol/forms/rooms.ts";
import { promote } from "../../../../../lib/rooms/members.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Makes a member a moderator, or a moderator a member again → `{userId, role}`. */
  POST: signedIn(takes(promotion, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    await promote(services, session.viewer, roomId, input);
    return ok(input);
  })),
};
