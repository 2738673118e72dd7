/** Server → client. A server frame is a JSON array of one or more of these. */
import type { MessageId, RoomId, UserId } from "./ids.ts";
import type { Author, LastWords, LinkPreview, Message, MyRoom, Person, RoomInfo, Viewer } from "./types.ts";
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
  /** Fit to show: why, when it was not one's own wish. */
  reason?: string;
}

/** The room is over for everybody; nothing more comes from it. */
export interface RoomClosed {
  type: "room_closed";
  roomId: RoomId;
  /** Fit to show. */
  reason: string;
}

/** The room itself is another: its name, its topic, archived or open again. */
export interface RoomChanged {
  type: "room_changed";
  roomId: RoomId;
  room: RoomInfo;
}

/** A ghost room will end soon. */
export interface RoomTtlWarning {
  type: "room_ttl_warning";
  roomId: RoomId;
  /** ISO 8601, UTC. */
  endsAt: string;
  secondsLeft: number;
}

/** Something was decided about me in this room. */
export interface Moderation {
  type: "moderation";
  roomId: RoomId;
  action: "KICK" | "BAN";
  /** Fit to show. */
  reason?: string;
}

/** Answer to `watch_rooms`, and sent again whenever the list itself changes: my rooms, the latest activity first. */
export interface RoomsWatched {
  type: "rooms_watched";
  id?: string;
  rooms: MyRoom[];
}

/** Something happened in one of my rooms. Passing: the next `rooms_watched` says all of it again. */
export interface RoomActivity {
  type: "room_activity";
  roomId: RoomId;
  /** The room's head now. */
  seq: number;
  /** How many messages there are since the last news; left out for none. */
  messages?: number;
  /** The newest of them. */
  last?: LastWords;
  /** Whom it names. */
  mentioned?: UserId[];
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
  /** Whom it names. Live only: who comes later sees their mentions counted. */
  mentions?: UserId[];
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

/** Somebody put an emoji under a message, or took it back. */
export interface ReactionChanged {
  type: "reaction";
  roomId: RoomId;
  seq: number;
  messageId: MessageId;
  emoji: string;
  userId: UserId;
  on: boolean;
  /** ISO 8601, UTC. */
  at: string;
}

export interface MessagePinned {
  type: "message_pinned";
  roomId: RoomId;
  seq: number;
  messageId: MessageId;
  userId: UserId;
  on: boolean;
  /** ISO 8601, UTC. */
  at: string;
}

/** What stands behind a message's links was found, its links are others, or somebody wants no previews of them. */
export interface MessagePreviews {
  type: "message_previews";
  roomId: RoomId;
  seq: number;
  messageId: MessageId;
  /** All that the message shows from now on. */
  previews: LinkPreview[];
  /** ISO 8601, UTC. */
  at: string;
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

/** What happens to a message after it was sent. */
export type MessageChange =
  | MessageEdited
  | MessageDeleted
  | ReactionChanged
  | MessagePinned
  | MessagePreviews;
export type DurableEvent = NewMessage | MessageChange;
export type RoomEvent = DurableEvent | UserJoined | UserLeft | Presence | Typing | Read;
export type ServerEvent =
  | Welcome
  | RoomJoined
  | RoomLeft
  | RoomClosed
  | RoomChanged
  | RoomTtlWarning
  | Moderation
  | RoomsWatched
  | RoomActivity
  | Resumed
  | RoomEvent
  | Ack
  | ErrorEvent;

const DURABLE: ReadonlySet<ServerEvent["type"]> = new Set<DurableEvent["type"]>([
  "new_message",
  "message_edited",
  "message_deleted",
  "reaction",
  "message_pinned",
  "message_previews",
]);

/** True for events that have a place in the room's log. */
export function isDurable(event: ServerEvent): event is DurableEvent {
  return DURABLE.has(event.type);
}
