import { takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../lib/http/guards.ts";
import { archiving } from "../../../../../lib/protocol/forms/rooms.ts";
import { setArchived } from "../../../../../lib/rooms/settings.ts";
import { roomNamed } from "../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /** Closes the room for writing, or opens it again → `{room}`. */
  POST: signedIn(takes(archiving, async ({ params, state: { services, session } }, input) => {
    const roomId = await roomNamed(services, params.slug!);
    return ok({ room: await setArchived(services, session.viewer, roomId, input.archived) });
  })),
};
