/** What people want to be told of. */
import type { NotifyLevel, QuietHours } from "../../lib/protocol/forms/notifications.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

export interface StoredSettings {
  directLevel: NotifyLevel;
  roomsLevel: NotifyLevel;
  hideWords: boolean;
  quiet: QuietHours | null;
  mutedUntil: Date | null;
}

/** Of those who have said nothing; the table's own defaults say the same. */
export const USUAL: StoredSettings = {
  directLevel: "all",
  roomsLevel: "mentions",
  hideWords: false,
  quiet: null,
  mutedUntil: null,
};

export interface QuietRow {
  quiet_from: number | null;
  quiet_to: number | null;
  time_zone: string | null;
}

export function quietOf({ quiet_from, quiet_to, time_zone }: QuietRow): QuietHours | null {
  if (quiet_from === null || quiet_to === null || time_zone === null) return null;
  return { from: quiet_from, to: quiet_to, timeZone: time_zone };
}

export async function settingsOf(sql: Queryable, userId: UserId): Promise<StoredSettings> {
  const [row] = await sql<
    (QuietRow & {
      direct_level: NotifyLevel;
      rooms_level: NotifyLevel;
      hide_words: boolean;
      muted_until: Date | null;
    })[]
  >`
    select direct_level, rooms_level, hide_words, quiet_from, quiet_to, time_zone, muted_until
    from notification_settings where user_id = ${userId}`;
  if (!row) return USUAL;
  return {
    directLevel: row.direct_level,
    roomsLevel: row.rooms_level,
    hideWords: row.hide_words,
    quiet: quietOf(row),
    mutedUntil: row.muted_until,
  };
}

/** Puts all of it in the place of what was said before. */
export async function saveSettings(sql: Queryable, userId: UserId, settings: StoredSettings): Promise<void> {
  const { directLevel, roomsLevel, hideWords, quiet, mutedUntil } = settings;
  const row = {
    user_id: userId,
    direct_level: directLevel,
    rooms_level: roomsLevel,
    hide_words: hideWords,
    quiet_from: quiet?.from ?? null,
    quiet_to: quiet?.to ?? null,
    time_zone: quiet?.timeZone ?? null,
    muted_until: mutedUntil,
  };
  await sql`
    insert into notification_settings ${sql(row)}
    on conflict (user_id) do update set ${sql(row)}`;
}

/** Rooms with a level of their own, by id. */
export async function roomLevelsOf(
  sql: Queryable,
  userId: UserId,
): Promise<{ roomId: RoomId; level: NotifyLevel }[]> {
  return await sql<{ roomId: RoomId; level: NotifyLevel }[]>`
    select room_id as "roomId", level from room_levels where user_id = ${userId} order by room_id`;
}

/** What somebody said of this room; null for nothing in particular. */
export async function roomLevelOf(
  sql: Queryable,
  userId: UserId,
  roomId: RoomId,
): Promise<NotifyLevel | null> {
  const [row] = await sql<{ level: NotifyLevel }[]>`
    select level from room_levels where user_id = ${userId} and room_id = ${roomId}`;
  return row?.level ?? null;
}

/** Null takes back what was said. False when that would be the one too many. */
export async function setRoomLevel(
  sql: Queryable,
  { userId, roomId, level, most }: {
    userId: UserId;
    roomId: RoomId;
    level: NotifyLevel | null;
    most: number;
  },
): Promise<boolean> {
  if (level === null) {
    await sql`delete from room_levels where user_id = ${userId} and room_id = ${roomId}`;
    return true;
  }
  const set = await sql`
    insert into room_levels (user_id, room_id, level)
    select ${userId}, ${roomId}, ${level}
    where (select count(*) from room_levels where user_id = ${userId} and room_id <> ${roomId}) < ${most}
    on conflict (user_id, room_id) do update set level = excluded.level`;
  return set.count === 1;
}
