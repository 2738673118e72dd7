import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { somebody } from "../../../../../lib/protocol/forms/rooms.ts";
import { unban } from "../../../../../lib/rooms/bans.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Ends a ban before its time → `{userId}`. */
  POST: signedIn(takes(somebody, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    await unban(services, session.viewer, roomId, input.userId);
    return ok(input);
  })),
};
