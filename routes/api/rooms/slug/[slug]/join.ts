import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { joining } from "../../../../../lib/protocol/forms/rooms.ts";
import { joinSlugRoom, roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Comes into a public room, or with `invite` (a token) into any → `{room, role, joined}`. */
  POST: signedIn(takes(joining, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    return ok(await joinSlugRoom(services, session.viewer, roomId, input.invite));
  })),
};
