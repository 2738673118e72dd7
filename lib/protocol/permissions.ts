/** Who may do what in a room: the one table that pages, REST and the socket all ask. */
import {
  type AgeRating,
  type Message,
  type RoomInfo,
  type RoomKind,
  type RoomRole,
  type Standing,
  STRANGER,
  type Viewer,
} from "./types.ts";

export const ACTIONS = [
  "read",
  "send",
  "react",
  "pin",
  "join",
  "leave",
  "invite",
  "kick",
  "ban",
  "promote",
  "hand_over",
  "settings",
  "archive",
  "delete_any",
] as const;
export type Action = typeof ACTIONS[number];

/** What it takes: a role in the room, or nothing but a name there ("anyone"), or even less ("open"). */
type Needed = RoomRole | "open" | "anyone";

/** Actions that are not named are nobody's. */
const RIGHTS: Record<RoomKind, Partial<Record<Action, Needed>>> = {
  language: { read: "open", send: "anyone", react: "anyone", pin: "moderator", delete_any: "moderator" },
  slug: {
    read: "member",
    send: "member",
    react: "member",
    pin: "moderator",
    join: "anyone",
    leave: "member",
    invite: "member",
    kick: "moderator",
    ban: "moderator",
    promote: "owner",
    hand_over: "owner",
    settings: "owner",
    archive: "owner",
    delete_any: "moderator",
  },
  password: {
    read: "member",
    send: "member",
    react: "member",
    pin: "moderator",
    join: "anyone",
    leave: "member",
    kick: "moderator",
    ban: "moderator",
    promote: "owner",
    hand_over: "owner",
    settings: "owner",
    archive: "owner",
    delete_any: "moderator",
  },
  ghost: { read: "member", send: "member", react: "member", leave: "member" },
  direct: { read: "member", send: "member", react: "member", pin: "member", leave: "member" },
};

const RANK: Record<RoomRole, number> = { member: 1, moderator: 2, owner: 3 };
/** What staff may do in rooms they are no members of: keep order, not listen. An ADMIN stands in for a missing owner. */
const STAFF: Partial<Record<Action, readonly Viewer["role"][]>> = {
  kick: ["MODERATOR", "ADMIN"],
  ban: ["MODERATOR", "ADMIN"],
  delete_any: ["MODERATOR", "ADMIN"],
  pin: ["MODERATOR", "ADMIN"],
  settings: ["ADMIN"],
  archive: ["ADMIN"],
  promote: ["ADMIN"],
};

/** `standing` is what the viewer is to this room; in a language room nobody needs one. */
export function may(
  viewer: Viewer | null,
  action: Action,
  room: RoomInfo,
  standing: Standing = STRANGER,
): boolean {
  const needed = RIGHTS[room.kind][action];
  if (needed === undefined) return false;
  // Ghosts exist in their room alone, and nobody else in it.
  if (viewer?.tier === "ghost" ? viewer.room !== room.id : room.kind === "ghost") return false;
  if (room.lounge && !mayEnterLounge(viewer, room.lounge.ageRating)) return false;
  if (standing.banned) return false;
  // Two people have nothing but each other to leave.
  if (action === "leave" && room.kind === "direct" && (room.people?.length ?? 0) <= 2) return false;
  if (isWrite(action) && (room.archived || standing.blocked)) return false;
  if (needed === "open") return true;
  if (!viewer || !mayTakePart(viewer, room.kind)) return false;
  if (needed === "anyone") return action !== "join" || standing.role === null;
  if (standing.role && RANK[standing.role] >= RANK[needed]) return true;
  return room.kind !== "direct" && room.kind !== "ghost" && (STAFF[action]?.includes(viewer.role) ?? false);
}

/** Guests have the lounges, and password rooms, where knowing the word is what counts. The rest takes an account. */
export function mayTakePart(viewer: Viewer, kind: RoomKind): boolean {
  if (viewer.tier === "ghost") return kind === "ghost";
  return viewer.tier === "member" || kind === "language" || kind === "password";
}

const WRITES: ReadonlySet<Action> = new Set(["send", "react", "pin", "join", "invite", "delete_any"]);

/** Nothing of this can be done in a room that is only kept for reading. */
function isWrite(action: Action): boolean {
  return WRITES.has(action);
}

const STAFF_RANK: Record<Viewer["role"], number> = { USER: 0, MODERATOR: 2, ADMIN: 3 };

/** Nobody deals with those who rank as high as themselves. Staff rank as moderators, an ADMIN as an owner. */
export function outranks(viewer: Viewer, { role }: Standing, other: RoomRole): boolean {
  return Math.max(role ? RANK[role] : 0, STAFF_RANK[viewer.role]) > RANK[other];
}

/** Whether somebody keeps the house: its lounges, and what else belongs to nobody in particular. */
export function mayAdminister(viewer: Viewer | null): boolean {
  return viewer?.tier === "member" && viewer.role === "ADMIN";
}

/** RED lounges stand open only to those who asked for them. */
export function mayEnterLounge(viewer: Viewer | null, rating: AgeRating): boolean {
  return rating === "_18PLUS" || viewer?.ageCategory === "_18PLUS_RED";
}

/** Authors change their own words; nobody else does. */
export function mayChange(viewer: Viewer, message: Message): boolean {
  return message.author?.id === viewer.id && message.deletedAt === undefined;
}
