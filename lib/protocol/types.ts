/** The nouns that server and browser share. Types alone: importing this file costs the browser nothing. */
import type { LoungeId, MessageId, RoomId, UserId } from "./ids.ts";

export type AgeRating = "_18PLUS" | "_18PLUS_RED";
export type MessageKind = "TEXT" | "STICKER" | "IMAGE" | "FILE" | "SYSTEM";
export type PresenceState = "online" | "away" | "offline";
export type Role = "USER" | "MODERATOR" | "ADMIN";
export type Tier = "guest" | "member";

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

export interface RoomInfo {
  id: RoomId;
  kind: "language" | "slug" | "password" | "ghost" | "direct";
  name: string;
  topic: string;
  /** BCP 47 tag of the room's language, when it has one. */
  language?: string;
  dir: "ltr" | "rtl";
  lounge?: { id: LoungeId; slug: string; name: string; ageRating: AgeRating };
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
