import type { RoomJoined, ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { applyEvent, type StateEvent } from "../../lib/protocol/reduce.ts";
import { fromSnapshot, hasGap, type RoomState } from "../../lib/protocol/room_state.ts";

/**
 * What a browser would show of a room after these events: the first snapshot, and each event applied to it by the very
 * code that the browser runs.
 * @throws Error when at the end something is missing.
 */
export function viewOf(events: ServerEvent[], roomId: RoomId): RoomState {
  const start = events.findIndex((event) => event.type === "room_joined" && event.roomId === roomId);
  if (start < 0) throw new Error("the room was never joined");
  let state = fromSnapshot(events[start] as RoomJoined);
  for (const event of events.slice(start + 1)) {
    if ("roomId" in event && event.type !== "resumed") state = applyEvent(state, event as StateEvent);
  }
  if (hasGap(state)) throw new Error(`a gap after ${state.headSeq}: ${state.ahead} is known`);
  return state;
}
