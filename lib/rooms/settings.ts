import { changeRoom, setArchived as writeArchived } from "../../db/queries/slug_rooms.ts";
import { audit } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { RoomSettings } from "../protocol/forms/rooms.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { RoomInfo, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { changeHeld, type HeldRoom } from "./held_room.ts";
import { slugTaken } from "./slug_rooms.ts";

const NOT_HERE = "Only rooms with an address of their own have that.";

/**
 * Changes what is given; what is the same already changes nothing. A former address leads nowhere: somebody else may
 * take it.
 * @throws AppError of room access, SLUG_TAKEN, VALIDATION_FAILED for what rooms of this kind do not have
 */
export async function changeSettings(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  change: RoomSettings,
): Promise<RoomInfo> {
  return await changeHeld(services, { viewer, action: "settings", roomId }, async (held) => {
    const { sql, room } = held;
    demandOwn(room, change);
    const news = whatIsNew(room, change);
    await changeRoom(sql, roomId, news).catch(sayingTaken);
    if (!room.archived) await tell(held, news);
    return { ...room, ...news };
  });
}

/**
 * Closes a room for writing, or opens it again. It can be read, and left, all the same.
 * @throws AppError of room access, SLUG_TAKEN for a password room whose name another one has by now
 */
export async function setArchived(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  archived: boolean,
): Promise<RoomInfo> {
  return await changeHeld(services, { viewer, action: "archive", roomId }, async (held) => {
    const { sql, room: { archived: was, ...room }, say } = held;
    const after: RoomInfo = archived ? { ...room, archived } : room;
    if (archived === (was ?? false)) return after;
    const about = [viewer.id];
    // In an archived room nobody speaks, the house neither.
    if (archived) await say(`${viewer.name} archived this room.`, about);
    await writeArchived(sql, roomId, archived).catch(sayingTaken);
    if (!archived) await say(`${viewer.name} opened this room again.`, about);
    const action = archived ? "room.archived" : "room.reopened";
    await audit(sql, { action, actorId: viewer.id, subjectId: null, detail: { room: roomId } });
    return after;
  });
}

function demandOwn({ kind }: RoomInfo, { slug, visibility }: RoomSettings): void {
  if (kind === "slug" || slug === undefined && visibility === undefined) return;
  const fields = {
    ...(slug !== undefined && { slug: NOT_HERE }),
    ...(visibility && { visibility: NOT_HERE }),
  };
  throw new AppError("VALIDATION_FAILED", { fields });
}

function whatIsNew(room: RoomInfo, change: RoomSettings): RoomSettings {
  const fields = Object.keys(change) as (keyof RoomSettings)[];
  return Object.fromEntries(
    fields.filter((field) => change[field] !== undefined && change[field] !== room[field])
      .map((field) => [field, change[field]]),
  );
}

async function tell({ viewer, say }: HeldRoom, { name, topic }: RoomSettings): Promise<void> {
  const about = [viewer.id];
  if (name !== undefined) await say(`${viewer.name} renamed this room to “${name}”.`, about);
  if (topic) await say(`${viewer.name} set a new topic: ${topic}`, about);
  else if (topic === "") await say(`${viewer.name} cleared the topic.`, about);
}

function sayingTaken(error: unknown): never {
  const constraint = error instanceof Error && "constraint_name" in error ? error.constraint_name : undefined;
  if (constraint === "rooms_slug") throw slugTaken();
  if (constraint !== "rooms_password_name") throw error;
  const message = "Another room has that name already.";
  throw new AppError("SLUG_TAKEN", { message, fields: { name: message } });
}
