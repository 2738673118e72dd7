/** What a browser knows about one room, and how a snapshot becomes it. Plain data: it can be sent and compared. */
import type { MessageChange, ReactionChanged, RoomJoined } from "./events.ts";
import type { RoomId, UserId } from "./ids.ts";
import type { Author, Message, Person, RoomInfo } from "./types.ts";

/** Somebody who types now. */
export interface Typist {
  user: Author;
  /** Clock time in milliseconds after which the line is taken back unless it is said again. */
  until: number;
}

/** A second window somewhere before the first, without holes too: of one who came by a link to an old message. */
export interface Past {
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
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
  /** While it is there, it is what the reader looks at. */
  readonly past: Past | null;
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
  /** Changes to messages before the window: a page fetched before them may arrive after them. */
  readonly late: readonly MessageChange[];
}

/** The snapshot's part of a `room_joined`, and what the server puts into the page. */
export type Snapshot = Omit<RoomJoined, "type" | "id" | "resumed">;

/**
 * The state that a snapshot describes.
 * @param past read after the snapshot was, so that nothing is missing in it that comes before `headSeq`
 */
export function fromSnapshot(snapshot: Snapshot, past: Past | null = null): RoomState {
  return {
    roomId: snapshot.roomId,
    room: snapshot.room,
    headSeq: snapshot.headSeq,
    readSeq: snapshot.readSeq,
    messages: snapshot.messages,
    hasOlder: snapshot.hasOlder,
    past,
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

/**
 * Changes `message` as the event says. What the message shows already changes nothing: an older edit, a reaction that
 * is there.
 */
export function amend(message: Message, event: MessageChange): Message {
  if (message.deletedAt) return message;
  switch (event.type) {
    case "message_deleted": {
      const { reactions: _, pinnedAt: __, previews: ___, ...rest } = message;
      return { ...rest, body: "", attachments: [], deletedAt: event.deletedAt };
    }
    case "message_edited":
      if (message.editedAt && message.editedAt > event.editedAt) return message;
      return { ...message, body: event.body, editedAt: event.editedAt };
    case "reaction":
      return reacted(message, event);
    case "message_pinned": {
      const { pinnedAt: _, ...rest } = message;
      return event.on ? { ...rest, pinnedAt: event.at } : rest;
    }
    case "message_previews": {
      const { previews: _, ...rest } = message;
      return event.previews.length > 0 ? { ...rest, previews: event.previews } : rest;
    }
  }
}

/** A new emoji stands last, a person last under theirs; an emoji that is nobody's any more is gone. */
function reacted(message: Message, { emoji, userId, on }: ReactionChanged): Message {
  const { reactions = [], ...rest } = message;
  const at = reactions.findIndex((reaction) => reaction.emoji === emoji);
  const by = reactions[at]?.by ?? [];
  if (by.includes(userId) === on) return message;
  const next = { emoji, by: on ? [...by, userId] : by.filter((id) => id !== userId) };
  const changed = at < 0 ? [...reactions, next] : reactions.with(at, next);
  const left = changed.filter((reaction) => reaction.by.length > 0);
  return left.length > 0 ? { ...rest, reactions: left } : rest;
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
