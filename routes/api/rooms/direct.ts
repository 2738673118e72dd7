import { takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { openDirect } from "../../../lib/protocol/forms/direct_rooms.ts";
import { openDirectRoom } from "../../../lib/rooms/direct_rooms.ts";

export const handlers = {
  /** `{room, created}`: the room in which I and these people, one to seven, write to each other. */
  POST: member(
    takes(
      openDirect,
      async ({ state: { services, session } }, wanted) =>
        ok(await openDirectRoom(services, session!.viewer, wanted)),
    ),
  ),
};
