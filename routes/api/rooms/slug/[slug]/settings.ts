import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { roomSettings } from "../../../../../lib/protocol/forms/rooms.ts";
import { changeSettings } from "../../../../../lib/rooms/settings.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Changes what is given → `{room}`. A former slug leads nowhere. */
  PATCH: signedIn(takes(roomSettings, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    return ok({ room: await changeSettings(services, session.viewer, roomId, input) });
  })),
};
