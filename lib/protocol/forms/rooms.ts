/** Slug rooms, their members and invites: what is sent to make and change them, and what is answered. */
import { z } from "zod";
import type { RoomId, UserId } from "../ids.ts";
import type { Action } from "../permissions.ts";
import type { Author, Member, RoomInfo, RoomRole, Visibility } from "../types.ts";
import { line } from "./lounges.ts";
import { optional } from "./fields.ts";
import { roomName } from "./password_rooms.ts";

export const SLUG_MIN = 3;
export const SLUG_MAX = 40;
export const TOPIC_MAX = 200;
export const REASON_MAX = 200;
/** A year. Whom nobody wants back in a year is banned for good. */
export const BAN_HOURS_MAX = 24 * 365;
export const INVITE_HOURS_MAX = 720;
export const INVITE_USES_MAX = 100;

/** Words that stand, or may come to stand, where a slug does. */
const RESERVED = new Set(
  ("admin api create dashboard directory directories edit ghost guest help invite invites join leave login lounge " +
    "lounges manage members new null parley room rooms search settings slug staff support system undefined")
    .split(" "),
);

export function isReserved(slug: string): boolean {
  return RESERVED.has(slug);
}

/** A slug room's name in addresses. It always holds a letter: an id may stand in its place. */
export const roomSlug = z.string("Choose an address.").trim().toLowerCase()
  .min(SLUG_MIN, `Use at least ${SLUG_MIN} characters.`).max(SLUG_MAX, `Use at most ${SLUG_MAX} characters.`)
  .regex(/^[a-z0-9-]+$/, "Use letters from a to z, digits and dashes.")
  .regex(/[a-z]/, "Use at least one letter.")
  .refine((slug) => !isReserved(slug), "That address is kept for the house.");

const userId = z.string("Say whom.").regex(/^[1-9]\d{0,17}$/, "must be a decimal id").transform((id) =>
  id as UserId
);
const visibility = z.enum(["public", "invite"], "Choose who may join.");
const topic = line(TOPIC_MAX);

/** Of forms, which send text, and of JSON. */
function wholeNumber(max: number) {
  const words = `Use a whole number from 1 to ${max}.`;
  return z.preprocess(
    (value) => typeof value === "string" && /^\d+$/.test(value.trim()) ? Number(value) : value,
    z.number(words).int(words).min(1, words).max(max, words),
  );
}

/** `POST /api/rooms/slug`. Without a slug, one is made from the name. */
export const newSlugRoom = z.strictObject({ name: roomName, slug: optional(roomSlug), visibility });
export type NewSlugRoom = z.output<typeof newSlugRoom>;

/** `POST …/join`: whoever holds an invite says so. */
export const joining = z.strictObject({ invite: optional(z.string().max(200)) });

/** `POST …/kick`, `…/unban`, `…/hand-over`. */
export const somebody = z.strictObject({ userId });

/** `POST …/ban`: without hours, for good. */
export const banning = z.strictObject({
  userId,
  hours: optional(wholeNumber(BAN_HOURS_MAX)),
  reason: line(REASON_MAX).default(""),
});
export type Banning = z.output<typeof banning>;

/** `POST …/promote`. */
export const promotion = z.strictObject({
  userId,
  role: z.enum(["moderator", "member"], "Choose a role: moderator or member."),
});
export type Promotion = z.output<typeof promotion>;

/** `POST …/archive`. */
export const archiving = z.strictObject({
  archived: z.preprocess(
    (value) => value === "true" ? true : value === "false" ? false : value,
    z.boolean("Say true or false."),
  ),
});

/** `PATCH …/settings`. What is left out stays as it is. */
export const roomSettings = z.strictObject({
  name: roomName.optional(),
  topic: topic.optional(),
  visibility: visibility.optional(),
  slug: roomSlug.optional(),
});
export type RoomSettings = z.output<typeof roomSettings>;

/** `POST …/invites`: good for so many hours and so many people; for ever, and for any number, when nothing is said. */
export const newInvite = z.strictObject({
  hours: optional(wholeNumber(INVITE_HOURS_MAX)),
  uses: optional(wholeNumber(INVITE_USES_MAX)),
});
export type NewInvite = z.output<typeof newInvite>;

/** Query of `GET /api/rooms/directory`. */
export const directoryQuery = z.strictObject({
  q: z.string().trim().max(100, "Search for at most 100 characters.").default(""),
  cursor: optional(z.string().max(100)),
});

/** A room of the public directory. */
export interface PublicRoom {
  id: RoomId;
  slug: string;
  name: string;
  topic: string;
  memberCount: number;
  /** People in it now, over all isolates. */
  online: number;
  /** When something was last said there (ISO 8601, UTC). */
  activeAt: string;
}

/** A page of the public directory, the liveliest first. */
export interface DirectoryPage {
  rooms: PublicRoom[];
  /** Pass as `cursor` for the page after this one; `null` at the end. */
  nextCursor: string | null;
}

export interface RoomBan {
  person: Author;
  reason: string;
  bannedBy?: Author;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Left out: for good. */
  endsAt?: string;
}

/** An invite as it stands in the list: the link itself is kept by nobody but those it was given to. */
export interface Invite {
  id: string;
  createdBy?: Author;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Left out: never. */
  expiresAt?: string;
  uses: number;
  /** Left out: any number. */
  maxUses?: number;
  usesLeft?: number;
}

/** A new invite, the one time that its link is told. */
export interface MadeInvite {
  id: string;
  link: string;
  token: string;
  /** `null`: never. */
  expiresAt: string | null;
  /** `null`: any number. */
  maxUses: number | null;
}

/** What an invite link leads to. */
export interface InvitedTo {
  room: RoomInfo;
  memberCount: number;
  expiresAt: string | null;
}

/** What can be set about a room. */
export interface SettingsView {
  name: string;
  topic: string;
  archived: boolean;
  /** Slug rooms. */
  slug?: string;
  visibility?: Visibility;
}

/**
 * A room with its people. Strangers see of a public room what it is called and how many are in it; `members`, and what
 * is beneath it, are for those who may read or keep order there.
 */
export interface RoomDetails {
  room: RoomInfo;
  role: RoomRole | null;
  memberCount: number;
  settings?: SettingsView;
  /** What whoever asks may do there. */
  may?: Action[];
  /** The owner first, then moderators, then by name; at most {@link MEMBERS_SHOWN}. */
  members?: Member[];
  /** In force now; for those who may ban. */
  bans?: RoomBan[];
  /** That can still be used: one's own, and for those who keep order everybody's. */
  invites?: Invite[];
}

/** People named in a room's list of members; past that only the count grows. */
export const MEMBERS_SHOWN = 500;
