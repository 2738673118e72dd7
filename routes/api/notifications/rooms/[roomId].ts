import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { setLevel } from "../../../../lib/notifications/settings.ts";
import { roomLevelChange } from "../../../../lib/protocol/forms/notifications.ts";
import { demandRoomId } from "../../../../lib/rooms/access.ts";

export const handlers = {
  /** `{level}`: what I am told of this room; null (or "default") for what is usual with rooms of its kind. */
  PUT: member(takes(roomLevelChange, async ({ params, state: { services, session } }, { level }) => {
    const roomId = demandRoomId(params.roomId);
    await setLevel(services, session.viewer, roomId, level);
    return ok({ roomId, level });
  })),
};
