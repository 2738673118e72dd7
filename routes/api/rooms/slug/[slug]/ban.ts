import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { banning } from "../../../../../lib/protocol/forms/rooms.ts";
import { ban } from "../../../../../lib/rooms/bans.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Keeps somebody out, for `hours` or for good → `{userId, endsAt}`, null for good. */
  POST: signedIn(takes(banning, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    const endsAt = await ban(services, session.viewer, roomId, input);
    return ok({ userId: input.userId, endsAt });
  })),
};
