import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { somebody } from "../../../../../lib/protocol/forms/rooms.ts";
import { handOver } from "../../../../../lib/rooms/members.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Makes another member the owner → `{userId}`. The former owner stays as a moderator. */
  POST: signedIn(takes(somebody, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    await handOver(services, session.viewer, roomId, input.userId);
    return ok(input);
  })),
};
