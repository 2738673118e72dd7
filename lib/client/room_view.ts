/** What the browser shows of a room. */
import type { UserId } from "../protocol/ids.ts";
import { fromSnapshot, type Past, type RoomState, type Snapshot } from "../protocol/room_state.ts";
import type { Message } from "../protocol/types.ts";
import type { Outgoing } from "./outbox_store.ts";
import type { SocketState } from "./socket.ts";

export interface RoomView {
  room: RoomState;
  /** Mine that the log does not show yet, oldest first. */
  outgoing: readonly Outgoing[];
  connection: SocketState;
  /** There has been a connection since the page was opened, or a try has failed. */
  wasOnline: boolean;
  loadingOlder: boolean;
  loadingNewer: boolean;
  /** Whose messages are folded: nothing of theirs is counted or announced. */
  blocked: ReadonlySet<UserId>;
  /** Messages by others below what is on screen. */
  newBelow: number;
  /** The last few that came in live from others: for screen readers. */
  announced: readonly Message[];
}

/** What the room looks like before there is a client, as the server draws it. */
export function firstView(snapshot: Snapshot, blocked: ReadonlySet<UserId>, past?: Past): RoomView {
  const room = fromSnapshot(snapshot, past);
  const connection: SocketState = { phase: "connecting" };
  return {
    room,
    outgoing: [],
    blocked,
    connection,
    wasOnline: false,
    loadingOlder: false,
    loadingNewer: false,
    newBelow: 0,
    announced: [],
  };
}
