/** The nouns that server and browser share. Types, and one constant: importing this file costs the browser next to nothing. */
import type { LoungeId, MessageId, RoomId, UserId } from "./ids.ts";

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
}

export interface Attachment {
  id: string;
  name: string;
  /** MIME type, found from the content. */
  type: string;
  /** Bytes. */
  size: number;
  url: string;
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
  /** Unread = headSeq − readSeq. */
  readSeq: number;
  /** Messages after my read pointer that name me. */
  mentions: number;
  online: number;
  last?: LastWords;
}

export interface LastWords {
  /** Left out for what the house says. */
  author?: { id: UserId; name: string };
  body: string;
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
  /** Pass as `cursor` to get the page before this one; `null` at the beginning of the room. */
  nextCursor: string | null;
}
