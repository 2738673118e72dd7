/** What a browser knows about one room, and how a snapshot becomes it. Plain data: it can be sent and compared. */
import type { MessageDeleted, MessageEdited, RoomJoined } from "./events.ts";
import type { RoomId, UserId } from "./ids.ts";
import type { Author, HistoryPage, Message, Person, RoomInfo } from "./types.ts";

/** Somebody who types now. */
export interface Typist {
  user: Author;
  /** Clock time in milliseconds after which the line is taken back unless it is said again. */
  until: number;
}

export interface RoomState {
  readonly roomId: RoomId;
  readonly room: RoomInfo;
  /** Every durable event up to this seq is in the state; none after it is. */
  readonly headSeq: number;
  /** My read pointer, on whatever device it moved. */
  readonly readSeq: number;
  /** A window without holes: everything from `messages[0]` to the head, sorted by seq. */
  readonly messages: readonly Message[];
  /** There is history before `messages[0]`. */
  readonly hasOlder: boolean;
  /** Who is here, at most `PEOPLE_SHOWN`. */
  readonly people: readonly Person[];
  /** Everybody who is here, shown or not. */
  readonly online: number;
  /** The longest at it first. */
  readonly typing: readonly Typist[];
  /** The greatest seq heard of. Past `headSeq`, something between the two is missing: see {@link hasGap}. */
  readonly ahead: number;
  /** Why the room is closed to me, once it is. */
  readonly closed: string | null;
  /** When the room ends (ISO 8601, UTC), once that is near enough to be told. */
  readonly endsSoon: string | null;
  /** Edits and deletions of messages before the window: a page fetched before them may arrive after them. */
  readonly late: readonly (MessageEdited | MessageDeleted)[];
}

/** The snapshot's part of a `room_joined`, and what the server puts into the page. */
export type Snapshot = Omit<RoomJoined, "type" | "id" | "resumed">;

/** The state that a snapshot describes. */
export function fromSnapshot(snapshot: Snapshot): RoomState {
  return {
    roomId: snapshot.roomId,
    room: snapshot.room,
    headSeq: snapshot.headSeq,
    readSeq: snapshot.readSeq,
    messages: snapshot.messages,
    hasOlder: snapshot.hasOlder,
    people: snapshot.members,
    online: snapshot.presence.online,
    typing: [],
    ahead: snapshot.headSeq,
    closed: null,
    endsSoon: null,
    late: [],
  };
}

/** Events are missing: join again with `afterSeq: headSeq`, and they come. */
export function hasGap(state: Pick<RoomState, "headSeq" | "ahead">): boolean {
  return state.ahead > state.headSeq;
}

/** Durable events that I have not read: head − read pointer, the same on every device. Never negative. */
export function unread(state: Pick<RoomState, "headSeq" | "readSeq">): number {
  return Math.max(0, state.headSeq - state.readSeq);
}

/** Changes `message` as the event says. An edit older than what the message shows already changes nothing. */
export function amend(message: Message, event: MessageEdited | MessageDeleted): Message {
  if (event.type === "message_deleted") {
    return { ...message, body: "", attachments: [], deletedAt: event.deletedAt };
  }
  if (message.deletedAt || (message.editedAt && message.editedAt > event.editedAt)) return message;
  return { ...message, body: event.body, editedAt: event.editedAt };
}

/**
 * Puts a page of older messages before the window. What the window holds already is skipped, so a page that comes
 * twice does no harm; edits and deletions that overtook the page are applied to it.
 */
export function prependHistory(state: RoomState, page: HistoryPage): RoomState {
  const first = state.messages[0]?.seq ?? Infinity;
  const older = page.messages.filter((message) => message.seq < first && message.seq <= state.headSeq)
    .map((message) =>
      state.late.reduce((m, event) => event.messageId === message.id ? amend(m, event) : m, message)
    );
  const reachesWindow = older.length > 0 || page.messages.length === 0;
  const hasOlder = reachesWindow ? page.nextCursor !== null : state.hasOlder;
  if (older.length === 0 && hasOlder === state.hasOlder) return state;
  const ids = new Set(older.map((message) => message.id));
  const late = state.late.filter((event) => !ids.has(event.messageId));
  return { ...state, messages: [...older, ...state.messages], hasOlder, late };
}

/** Forgets the oldest messages past `keep`, so that a page left open for days stays light. */
export function trimWindow(state: RoomState, keep: number): RoomState {
  if (state.messages.length <= keep) return state;
  return { ...state, messages: state.messages.slice(-keep), hasOlder: true };
}

/** Takes back typing lines that were not renewed by `now` (milliseconds). Same reference when none was. */
export function expireTyping(state: RoomState, now: number): RoomState {
  if (!state.typing.some((typist) => typist.until <= now)) return state;
  return { ...state, typing: state.typing.filter((typist) => typist.until > now) };
}

/** The others who type, by name, the longest at it first; without those whom I have blocked. */
export function typistsBeside(
  state: Pick<RoomState, "typing">,
  me: UserId | null,
  blocked?: ReadonlySet<UserId>,
): string[] {
  return state.typing.filter(({ user }) => user.id !== me && !blocked?.has(user.id)).map(({ user }) =>
    user.name
  );
}

/** Messages by others after `seq`, without those whom I have blocked: what the "new messages" pill counts. */
export function newSince(
  messages: readonly Message[],
  seq: number,
  me: UserId | null,
  blocked?: ReadonlySet<UserId>,
): number {
  let count = 0;
  for (let at = messages.length - 1; at >= 0 && messages[at]!.seq > seq; at--) {
    const author = messages[at]!.author?.id;
    if (author !== me && !(author && blocked?.has(author))) count++;
  }
  return count;
}
