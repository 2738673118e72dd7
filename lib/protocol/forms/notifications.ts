/** What somebody wants to be told of, and the browsers they want to be told on: REST bodies, the page's form, answers. */
import { z } from "zod";
import type { RoomId } from "../ids.ts";
import { messageId, roomId } from "../id_schemas.ts";
import { choice, optional } from "./fields.ts";

/** What is told of a room: every message, those that name or answer me, or none. */
export const LEVELS = ["all", "mentions", "nothing"] as const;
export type NotifyLevel = typeof LEVELS[number];
export const DEVICES_MAX = 10;
/** Rooms with a level of their own. */
export const ROOM_LEVELS_MAX = 500;
/** Messages that a device may ask about at once: more notifications it does not show. */
export const SHOWN_MAX = 50;
/** A month. */
const MUTE_HOURS_MAX = 24 * 31;

const level = z.enum(LEVELS, "Choose one of: all, mentions, nothing.");

/** `22:30`, as minutes since midnight. */
const minuteOfDay = z.string("Choose a time.").regex(
  /^([01]\d|2[0-3]):[0-5]\d$/,
  "Choose a time, such as 22:30.",
)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** IANA name of a time zone that the runtime knows. */
const timeZone = z.string("Choose your time zone.").trim().max(64).refine(
  isTimeZone,
  "Choose your time zone.",
);

const quiet = z.strictObject({ from: minuteOfDay, to: minuteOfDay, timeZone })
  .refine(({ from, to }) => from !== to, { message: "Choose two different times.", path: ["to"] });

/** When nothing is told, in somebody's own time; past midnight when `from` is later than `to`. */
export type QuietHours = z.output<typeof quiet>;

/** `PUT /api/notifications/settings`. What is left out stays as it is. */
export const settingsChange = z.strictObject({
  directLevel: level.optional(),
  roomsLevel: level.optional(),
  hideWords: z.boolean().optional(),
  /** `{from: "22:00", to: "07:00", timeZone: "Europe/Madrid"}`; null for none. */
  quiet: quiet.nullable().optional(),
  /** ISO 8601; null ends it. */
  mutedUntil: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type SettingsChange = z.output<typeof settingsChange>;

/** The form of `/me/notifications`: all of it at once. Unticked boxes are not sent. */
export const settingsForm = z.strictObject({
  directLevel: level,
  roomsLevel: level,
  hideWords: choice,
  quiet: choice,
  from: optional(minuteOfDay),
  to: optional(minuteOfDay),
  timeZone: optional(timeZone),
}).transform(({ quiet: on, from, to, timeZone, ...rest }, context) => {
  if (!on) return { ...rest, quiet: null };
  const missing = { from, to, timeZone };
  for (const [path, value] of Object.entries(missing)) {
    if (value === undefined) {
      context.addIssue({
        code: "custom",
        path: [path],
        message: path === "timeZone" ? "Choose your time zone." : "Choose a time.",
      });
    }
  }
  if (from !== undefined && from === to) {
    context.addIssue({ code: "custom", path: ["to"], message: "Choose two different times." });
  }
  return { ...rest, quiet: { from: from!, to: to!, timeZone: timeZone! } };
});

/** Hours of silence from now on; 0 ends it. */
export const muteForm = z.strictObject({
  hours: z.coerce.number("Choose how long.").int().min(0).max(MUTE_HOURS_MAX, "That is too long."),
});

/** `PUT /api/notifications/rooms/:roomId`: null for what is usual with rooms of its kind. */
export const roomLevelChange = z.strictObject({
  level: z.preprocess((value) => value === "default" ? null : value, level.nullable()),
});
/** The same as a form, which names the room, and where to go on. */
export const roomLevelForm = z.strictObject({
  ...roomLevelChange.shape,
  roomId,
  next: optional(z.string().max(500)),
});

/** Bytes of base64url, as browsers write it, without padding. */
const bytes = (count: number) => {
  const length = Math.ceil(count * 4 / 3);
  return z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${length}}$`), `must be ${count} bytes in base64url`);
};

/** `POST /api/notifications/subscriptions`: the JSON form of a browser's PushSubscription (W3C Push API, 8). */
export const pushSubscription = z.strictObject({
  endpoint: z.url().max(2000, "That address is too long."),
  expirationTime: z.number().nullish(),
  /** A P-256 point, uncompressed, and the secret that only browser and sender share (RFC 8291, 2). */
  keys: z.strictObject({ p256dh: bytes(65), auth: bytes(16) }),
});
export type PushSubscriptionInput = z.output<typeof pushSubscription>;

/** `DELETE /api/notifications/subscriptions`: which, by its id or its address. */
export const unsubscription = z.union([
  z.strictObject({ id: z.uuid() }),
  z.strictObject({ endpoint: z.string().min(1).max(2000) }),
], "Say which: id or endpoint.");
export type Unsubscription = z.output<typeof unsubscription>;

/** Query of `GET /api/notifications/read`: ids of messages, parted by commas. */
export const shownQuery = z.strictObject({
  messages: z.string().transform((text) => text.split(",").filter(Boolean)).pipe(
    z.array(messageId).max(SHOWN_MAX, `Ask for at most ${SHOWN_MAX} at once.`),
  ),
});

/** Shape of `GET /api/notifications/settings`. */
export interface NotificationSettings {
  directLevel: NotifyLevel;
  roomsLevel: NotifyLevel;
  hideWords: boolean;
  /** Times as minutes since midnight. */
  quiet: QuietHours | null;
  /** ISO 8601, UTC. */
  mutedUntil: string | null;
  /** Rooms with a level of their own. */
  rooms: { roomId: RoomId; level: NotifyLevel }[];
  devices: Device[];
}

/** A browser that is reached by Web Push. */
export interface Device {
  id: string;
  /** It belongs to the session that asks. */
  current: boolean;
  userAgent: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** When something last got there. */
  reachedAt: string | null;
}

/** What a push holds, sealed for its browser (RFC 8291): what the service worker shows, and where it leads. */
export interface PushWords {
  title: string;
  body: string;
  /** A path of this site. */
  url: string;
  /** One notification a room: a newer one takes its place. */
  tag: string;
  roomId: RoomId;
  /** The last message it tells of. */
  seq: number;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return name !== "";
  } catch {
    return false;
  }
}

/** Minutes since midnight as `22:30`. */
export function timeOfMinutes(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
