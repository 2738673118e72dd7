import {
  roomLevelOf,
  roomLevelsOf,
  saveSettings,
  setRoomLevel,
  settingsOf,
} from "../../db/queries/notifications.ts";
import { AppError, isAppError } from "../errors.ts";
import {
  type NotificationSettings,
  type NotifyLevel,
  ROOM_LEVELS_MAX,
  type SettingsChange,
} from "../protocol/forms/notifications.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { RoomInfo, Viewer } from "../protocol/types.ts";
import { accessRoom } from "../rooms/access.ts";
import type { Services } from "../services.ts";
import { type Asker, listDevices } from "./devices.ts";

/** All that somebody has said about what they want to be told. */
export async function readSettings(services: Services, session: Asker): Promise<NotificationSettings> {
  const { sql, clock } = services;
  const [settings, rooms, devices] = await Promise.all([
    settingsOf(sql, session.viewer.id),
    roomLevelsOf(sql, session.viewer.id),
    listDevices(services, session),
  ]);
  const { mutedUntil, ...rest } = settings;
  const muted = mutedUntil && mutedUntil.getTime() > clock();
  return { ...rest, mutedUntil: muted ? mutedUntil.toISOString() : null, rooms, devices };
}

/** What is left out stays as it is. */
export async function changeSettings(
  { sql }: Services,
  { id }: Viewer,
  { mutedUntil, ...change }: SettingsChange,
): Promise<void> {
  await sql.begin(async (sql) => {
    await saveSettings(sql, id, {
      ...await settingsOf(sql, id),
      ...change,
      ...(mutedUntil !== undefined && { mutedUntil: mutedUntil === null ? null : new Date(mutedUntil) }),
    });
  });
}

/** Silence for so many hours from now on; none for 0. */
export async function mute(services: Services, viewer: Viewer, hours: number): Promise<void> {
  const until = hours === 0 ? null : new Date(services.clock() + hours * 3_600_000).toISOString();
  await changeSettings(services, viewer, { mutedUntil: until });
}

/** Rooms with a level of their own, as far as they may still be read. */
export async function roomsWithLevels(
  { rooms }: Services,
  viewer: Viewer,
  settings: Pick<NotificationSettings, "rooms">,
): Promise<{ room: RoomInfo; level: NotifyLevel }[]> {
  const found = await Promise.all(settings.rooms.map(async ({ roomId, level }) => {
    const room = await accessRoom(rooms, viewer, "read", roomId).catch((error) => {
      if (isAppError(error)) return null;
      throw error;
    });
    return room && { room, level };
  }));
  return found.filter((one) => one !== null);
}

/**
 * What is told of one room; null for what is usual with rooms of its kind, which may be said of rooms one is out of too.
 * @throws AppError those of room access; FORBIDDEN when that would be the one too many
 */
export async function setLevel(
  { sql, rooms, realtime }: Services,
  viewer: Viewer,
  roomId: RoomId,
  level: NotifyLevel | null,
): Promise<void> {
  if (level !== null) await accessRoom(rooms, viewer, "read", roomId);
  const kept = await setRoomLevel(sql, { userId: viewer.id, roomId, level, most: ROOM_LEVELS_MAX });
  if (!kept) {
    throw new AppError("FORBIDDEN", {
      message: `At most ${ROOM_LEVELS_MAX} rooms have a level of their own.`,
    });
  }
  realtime.listsChanged([viewer.id]);
}

/** What they said of this room; null for nothing in particular. For those who may not say anything too. */
export async function levelIn(
  { sql }: Pick<Services, "sql">,
  viewer: Viewer | null,
  roomId: RoomId,
): Promise<NotifyLevel | null> {
  return viewer?.tier === "member" ? await roomLevelOf(sql, viewer.id, roomId) : null;
}
