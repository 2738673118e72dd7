/** The words that the table of rights is written in: who comes, what they want, by which way, and what they are told. */
import type { ErrorCode } from "../../../lib/protocol/errors.ts";
import type { Action } from "../../../lib/protocol/permissions.ts";
import type { RoomKind } from "../../../lib/protocol/types.ts";

export const WAYS = ["rest", "socket", "page"] as const;
export type Way = typeof WAYS[number];

/** Every kind of person that can stand before a room. */
export const VISITORS = {
  nobody: "without a session",
  guest: "a guest, in no room",
  red_guest: "a guest who asked for RED lounges",
  ghost_in: "a ghost of this room",
  ghost: "a ghost of another room",
  stranger: "an account, in no room",
  red_member: "an account that asked for RED lounges",
  member: "a member of the room",
  guest_in: "a guest who is a member of the room",
  left: "somebody who left the room",
  kicked: "somebody who was sent out",
  banned: "somebody who is banned from the room",
  moderator: "a moderator of the room",
  owner: "the room's owner",
  staff: "Parley's MODERATOR, in no room",
  admin: "Parley's ADMIN, in no room",
} as const;
export type Visitor = keyof typeof VISITORS;

/** Every sort of room, with what its state makes different. `over`: nothing is there any more, whoever asks. */
export const CASES = {
  language: { kind: "language", title: "A language room of a lounge" },
  red: { kind: "language", title: "A language room of a RED lounge" },
  closed_language: { kind: "language", title: "A language room that was put away", over: true },
  public_slug: { kind: "slug", title: "A public slug room" },
  invite_slug: { kind: "slug", title: "A slug room by invite only" },
  archived_slug: { kind: "slug", title: "A public slug room, archived" },
  password: { kind: "password", title: "A password room" },
  ghost: { kind: "ghost", title: "A ghost room" },
  expired_ghost: { kind: "ghost", title: "A ghost room whose time is over", over: true },
  closed_ghost: { kind: "ghost", title: "A ghost room that its maker closed", over: true },
  direct_two: { kind: "direct", title: "A conversation of two" },
  blocked_two: { kind: "direct", title: "A conversation of two, one of whom has blocked the other" },
  direct_three: { kind: "direct", title: "A conversation of three" },
} as const satisfies Record<string, { kind: RoomKind; title: string; over?: true }>;
export type Case = keyof typeof CASES;

/** What can be wanted of a room, and the ways there are to ask for it. */
export const WANTED = {
  read: { ways: ["rest", "socket", "page"], means: "its words: newest, older, and missed ones" },
  messages: { ways: ["rest"], means: "its words by `GET /api/messages/:room`, as ghosts ask" },
  list: {
    ways: ["rest", "socket", "page"],
    means: "see it among one's own rooms (a lounge's, once one has spoken there)",
  },
  find: { ways: ["rest", "page"], means: "see it in the directory, or among the lounges" },
  preview: { ways: ["rest", "page"], means: "what an invite, or a ghost room's link, leads to" },
  members: { ways: ["rest", "page"], means: "see who its members are" },
  bans: { ways: ["rest", "page"], means: "see who is banned" },
  invites: { ways: ["rest"], means: "see the invites that are open" },
  join: { ways: ["rest", "page"], means: "come in, with the invite, password or link that it takes" },
  "join-bare": { ways: ["rest", "page"], means: "come in without that, or with a wrong one" },
  leave: { ways: ["rest", "page"], means: "leave it" },
  invite: { ways: ["rest", "page"], means: "make an invite" },
  revoke: { ways: ["rest", "page"], means: "take the owner's invite back" },
  kick: { ways: ["rest", "page"], means: "send a member out" },
  "kick-moderator": { ways: ["rest", "page"], means: "send a moderator out" },
  "kick-owner": { ways: ["rest", "page"], means: "send the owner out" },
  ban: { ways: ["rest", "page"], means: "ban a member" },
  "ban-moderator": { ways: ["rest", "page"], means: "ban a moderator" },
  unban: { ways: ["rest", "page"], means: "lift a ban" },
  promote: { ways: ["rest", "page"], means: "make a member a moderator" },
  demote: { ways: ["rest", "page"], means: "make a moderator a member" },
  "hand-over": { ways: ["rest", "page"], means: "make another the owner" },
  settings: { ways: ["rest", "page"], means: "change its topic" },
  archive: { ways: ["rest", "page"], means: "archive it, or open it again" },
  send: { ways: ["socket", "page"], means: "say something" },
  "edit-own": { ways: ["socket"], means: "change one's own words" },
  "edit-any": { ways: ["socket"], means: "change another's words" },
  "delete-own": { ways: ["socket"], means: "delete one's own words" },
  "delete-any": { ways: ["socket"], means: "delete another's words" },
  react: { ways: ["socket"], means: "put an emoji under another's words" },
  pin: { ways: ["socket"], means: "keep a message at hand for the room" },
  typing: { ways: ["socket"], means: "be seen typing" },
  pointer: { ways: ["socket"], means: "move one's read pointer" },
  upload: { ways: ["rest"], means: "put a file into it" },
  file: { ways: ["rest"], means: "fetch a file of it" },
  close: { ways: ["rest"], means: "end a ghost room with its maker's key" },
  "close-bare": { ways: ["rest"], means: "end a ghost room with another key" },
} as const satisfies Record<string, { ways: readonly Way[]; means: string }>;
export type Wanted = keyof typeof WANTED;

/** Which row answers for each action of `may()`. */
export const ROW_OF: Record<Action, { way: Way; wanted: Wanted }> = {
  read: { way: "rest", wanted: "read" },
  send: { way: "socket", wanted: "send" },
  react: { way: "socket", wanted: "react" },
  pin: { way: "socket", wanted: "pin" },
  join: { way: "rest", wanted: "join" },
  leave: { way: "rest", wanted: "leave" },
  invite: { way: "rest", wanted: "invite" },
  kick: { way: "rest", wanted: "kick" },
  ban: { way: "rest", wanted: "ban" },
  promote: { way: "rest", wanted: "promote" },
  hand_over: { way: "rest", wanted: "hand-over" },
  settings: { way: "rest", wanted: "settings" },
  archive: { way: "rest", wanted: "archive" },
  delete_any: { way: "socket", wanted: "delete-any" },
};

/** Where coming in is not a right that one has: whoever holds the link, or names the same people, comes in anew. */
export const NOT_ASKED_OF_MAY: Partial<Record<RoomKind, readonly Action[]>> = {
  ghost: ["join"],
  direct: ["join"],
};

/** Answers, each by a sign. Those that are refusals name the code. */
export const ANSWERS: Record<string, { means: string; code?: ErrorCode }> = {
  "+": { means: "done" },
  "=": { means: "is so already: answered, and nothing changes" },
  "o": { means: "the outside: name and number of members, or the door; no words, no people" },
  "0": { means: "answered without it" },
  "t": { means: "no ticket, so no socket" },
  "u": { means: "come in first; pages lead to where that is done", code: "UNAUTHENTICATED" },
  "i": { means: "no session", code: "INVALID_SESSION" },
  "s": { means: "the session is over", code: "SESSION_EXPIRED" },
  "-": { means: "not a member", code: "NOT_A_MEMBER" },
  "f": { means: "not allowed", code: "FORBIDDEN" },
  "x": { means: "the room's time is over", code: "ROOM_EXPIRED" },
  "c": { means: "the room is closed or archived", code: "ROOM_INACTIVE" },
  "n": { means: "no such room", code: "ROOM_NOT_FOUND" },
  "w": { means: "wrong password", code: "WRONG_PASSWORD" },
  "k": { means: "no such invite", code: "INVITE_NOT_FOUND" },
  ".": { means: "there is no such way" },
};
