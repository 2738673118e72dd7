/** The nouns that server and browser share. Types, and one constant: importing this file costs the browser next to nothing. */
import type { NotifyLevel } from "./forms/notifications.ts";
import type { LoungeId, MessageId, RoomId, UserId } from "./ids.ts";
import type { PreviewType } from "./previews.ts";

export type AgeRating = "_18PLUS" | "_18PLUS_RED";
export type MessageKind = "TEXT" | "STICKER" | "IMAGE" | "FILE" | "SYSTEM";
export type PresenceState = "online" | "away" | "offline";
export type Role = "USER" | "MODERATOR" | "ADMIN";
/** A ghost has a name in one ghost room, and is nobody anywhere else. */
export type Tier = "guest" | "member" | "ghost";
export type RoomKind = "language" | "slug" | "password" | "ghost" | "direct";
/** What a member may do in their room. Ghosts and people of direct rooms are plain members. */
export type RoomRole = "owner" | "moderator" | "member";
/** Public rooms stand in the directory and let in whoever has an account; others take an invite link. */
export type Visibility = "public" | "invite";

/** Who looks at a page or holds a socket, as the browser may know it. */
export interface Viewer {
  id: UserId;
  name: string;
  tier: Tier;
  ageCategory: AgeRating;
  /** Members have one; guests do not. */
  username?: string;
  role: Role;
  /** Address of the picture; without it one is drawn from the name. */
  avatar?: string;
  /** A ghost's only room. */
  room?: RoomId;
}

export interface Author {
  id: UserId;
  name: string;
  /** Members have one: their page is `/u/:username`. */
  username?: string;
  /** Address of the picture; without it one is drawn from the name. */
  avatar?: string;
}

export interface Message {
  id: MessageId;
  /** Its place in the room's log: 1, 2, 3 … */
  seq: number;
  /** Chosen by the sender; the same one, sent twice, is the same message. */
  clientId: string;
  kind: MessageKind;
  /** Empty once the message is deleted. */
  body: string;
  /** `null` for SYSTEM messages. */
  author: Author | null;
  /** ISO 8601, UTC. */
  createdAt: string;
  editedAt?: string;
  deletedAt?: string;
  replyTo?: MessageId;
  attachments: Attachment[];
  /** What stands behind its links, in their order, as far as it has been found; left out when nothing was. */
  previews?: LinkPreview[];
  /** In the order in which they first came; left out when there are none. */
  reactions?: Reaction[];
  /** ISO 8601, UTC: it is among the room's pinned messages since then. */
  pinnedAt?: string;
}

/** One emoji under a message, and whose it is: the first first, never nobody's. */
export interface Reaction {
  emoji: string;
  by: UserId[];
}

/** A file of a message. Those with a width and height are pictures, to be shown; all others are there to be saved. */
export interface Attachment {
  id: string;
  name: string;
  /** MIME type, found from the content. */
  type: string;
  /** Bytes. */
  size: number;
  /** Pixels, the way the picture stands. */
  width?: number;
  height?: number;
  /** It moves; its small copy does not. */
  animated?: true;
  /** A `data:` address of at most 400 characters: what stands there before the picture has come. */
  placeholder?: string;
  url: string;
  /** A picture's small copy, no side longer than 480 pixels. */
  thumbUrl?: string;
}

/** A page that a message leads to, in the page's own words: plain text, never HTML. It stays as it was when it was found. */
export interface LinkPreview {
  /** In the one form that the same page always has. */
  url: string;
  title: string;
  description?: string;
  siteName?: string;
  type: PreviewType;
  /** Our own small copy of the page's picture; sizes in pixels. */
  image?: { url: string; width: number; height: number };
}

/** A room, as pages, REST and socket know it. `kind` tells which of the fields below it has. */
export interface RoomInfo {
  id: RoomId;
  kind: RoomKind;
  /** Empty for direct rooms, which are called by who is in them: see `people`. */
  name: string;
  topic: string;
  /** BCP 47 tag of the room's language, when it has one. */
  language?: string;
  dir: "ltr" | "rtl";
  lounge?: { id: LoungeId; slug: string; name: string; ageRating: AgeRating };
  /** Slug rooms: their name in addresses, and who may join. */
  slug?: string;
  visibility?: Visibility;
  /** It can be read, and nothing can be said in it any more. */
  archived?: true;
  /** Ghost rooms: when it ends (ISO 8601, UTC), how many may be in it, and whether its words are sealed by its people. */
  endsAt?: string;
  capacity?: number;
  encrypted?: true;
  /** Direct rooms: everybody in it, oneself too. */
  people?: Author[];
}

/** What somebody is to a room. Nobody at all: {@link STRANGER}. */
export interface Standing {
  /** `null` unless a member now. */
  role: RoomRole | null;
  /** Was a member once, and is not now. */
  former?: "left" | "kicked";
  banned?: true;
  /** A direct room of two, one of whom has blocked the other: it can be read, and nothing can be said. */
  blocked?: true;
}

export const STRANGER: Standing = { role: null };

/** One of my rooms, as the dashboard and the rail show it. Ghost rooms are in nobody's list. */
export interface MyRoom {
  id: RoomId;
  kind: Exclude<RoomKind, "ghost">;
  name: string;
  language?: string;
  dir: "ltr" | "rtl";
  lounge?: Pick<LoungeView, "slug" | "name" | "ageRating">;
  slug?: string;
  archived?: true;
  /** Direct rooms: everybody in it, oneself too. */
  people?: Author[];
  /** Null in rooms that one visits and is no member of. */
  role: RoomRole | null;
  headSeq: number;
  readSeq: number;
  /** Messages of others after my read pointer; beyond a hundred they are not counted when the list is read. */
  unread: number;
  /** Messages after my read pointer that name me. */
  mentions: number;
  online: number;
  last?: LastWords;
  /** What I am told of it, where I said something else than is usual. */
  level?: NotifyLevel;
}

export interface LastWords {
  /** Left out for what the house says. */
  author?: { id: UserId; name: string };
  kind: MessageKind;
  /** In characters alone, one line of at most 200: fit to show as it stands. */
  body: string;
  /** The words tell what the author did ("sent a sticker: hello"), not what they said. */
  deed?: true;
  /** The words are gone. */
  deleted?: true;
  /** ISO 8601, UTC. */
  at: string;
}

/** Somebody in a room's list of members. */
export interface Member extends Author {
  role: RoomRole;
  /** ISO 8601, UTC. */
  joinedAt: string;
}

/** Somebody who is in the room now. */
export interface Person {
  id: UserId;
  name: string;
  /** Left out for those without an account. */
  username?: string;
  state: PresenceState;
}

/** A lounge of the list, with its language rooms. Shape of `GET /api/chatroom/lounges`. */
export interface LoungeView {
  id: LoungeId;
  slug: string;
  name: string;
  description: string;
  ageRating: AgeRating;
  rooms: LanguageRoomView[];
}

export interface LanguageRoomView {
  id: RoomId;
  language: string;
  name: string;
  dir: "ltr" | "rtl";
  /** People in the room now, over all isolates. */
  online: number;
}

/** A page of history, oldest first. Shape of `GET /api/chatroom/rooms/:roomId/messages`. */
export interface HistoryPage {
  messages: Message[];
  /**
   * Pass as `cursor` to get the page before this one, `null` at the beginning of the room; of a page that was asked for
   * by `after`, pass it as that to get the next one, `null` at the end.
   */
  nextCursor: string | null;
}
