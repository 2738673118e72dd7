/** Server → client. A server frame is a JSON array of one or more of these. */
import type { MessageId, RoomId, UserId } from "./ids.ts";
import type { Author, Message, Person, RoomInfo, Viewer } from "./types.ts";
import type { ErrorCode } from "./errors.ts";

/** First event of every connection. */
export interface Welcome {
  type: "welcome";
  connectionId: string;
  user: Viewer;
  serverTime: string;
  /** Send a `heartbeat` frame at least this often, in seconds. */
  heartbeatSeconds: number;
  /** Names the running build: a page of another build should reload when it is idle. */
  build: string;
}

/**
 * Answer to `join_room`. With `resumed` set, `messages` is empty: what was missed came just before it, as events.
 * The people list is capped; `online` counts everybody.
 */
export interface RoomJoined {
  type: "room_joined";
  roomId: RoomId;
  id?: string;
  room: RoomInfo;
  headSeq: number;
  readSeq: number;
  messages: Message[];
  /** There is history before `messages[0]`. */
  hasOlder: boolean;
  members: Person[];
  presence: { online: number };
  resumed?: true;
}

export interface RoomLeft {
  type: "room_left";
  roomId: RoomId;
  id?: string;
}

export interface RoomClosed {
  type: "room_closed";
  roomId: RoomId;
  reason: string;
}

/** Answer to `join_room {afterSeq}`: the events after `fromSeq` up to `toSeq` follow, unless it is not `complete`. */
export interface Resumed {
  type: "resumed";
  roomId: RoomId;
  fromSeq: number;
  toSeq: number;
  complete: boolean;
}

// -- Durable events: each takes the room's next seq, and is in the log that a resume reads. --------------------

export interface NewMessage {
  type: "new_message";
  roomId: RoomId;
  seq: number;
  message: Message;
}

export interface MessageEdited {
  type: "message_edited";
  roomId: RoomId;
  seq: number;
  messageId: MessageId;
  body: string;
  editedAt: string;
}

export interface MessageDeleted {
  type: "message_deleted";
  roomId: RoomId;
  seq: number;
  messageId: MessageId;
  deletedAt: string;
}

// -- Passing events: they describe now, have no seq, and are never replayed. -----------------------------------

export interface UserJoined {
  type: "user_joined";
  roomId: RoomId;
  user: Person;
}

export interface UserLeft {
  type: "user_left";
  roomId: RoomId;
  userId: UserId;
}

/** How many are here, and whose state changed. */
export interface Presence {
  type: "presence";
  roomId: RoomId;
  online: number;
  changes?: Person[];
}

export interface Typing {
  type: "typing";
  roomId: RoomId;
  user: Author;
  on: boolean;
}

/** My own read pointer moved, on this or another device of mine. */
export interface Read {
  type: "read";
  roomId: RoomId;
  seq: number;
}

/** The frame with this `id` was done. For a send: the message's place and id. */
export interface Ack {
  type: "ack";
  id?: string;
  seq?: number;
  messageId?: MessageId;
  clientId?: string;
}

export interface ErrorEvent {
  type: "error";
  /** The `id` of the frame that failed. */
  id?: string;
  code: ErrorCode;
  message: string;
  /** Seconds. */
  retryAfter?: number;
  fields?: Record<string, string>;
}

export type DurableEvent = NewMessage | MessageEdited | MessageDeleted;
export type RoomEvent = DurableEvent | UserJoined | UserLeft | Presence | Typing | Read;
export type ServerEvent =
  | Welcome
  | RoomJoined
  | RoomLeft
  | RoomClosed
  | Resumed
  | RoomEvent
  | Ack
  | ErrorEvent;

/** True for events that have a place in the room's log. */
export function isDurable(event: ServerEvent): event is DurableEvent {
  return event.type === "new_message" || event.type === "message_edited" || event.type === "message_deleted";
}
