import type { Queryable } from "../../db/client.ts";
import {
  archiveLanguageRoom,
  changeLanguageRoom as writeChange,
  createLanguageRoom,
  findLounge,
  lockLounge,
  loungeOfRoom,
  type LoungeRecord,
  reopenLanguageRoom,
} from "../../db/queries/lounges.ts";
import { audit, type AuditAction } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { AdminLanguageRoom, LanguageRoomChange, NewLanguageRoom } from "../protocol/forms/lounges.ts";
import type { RoomId } from "../protocol/ids.ts";
import { languageOf } from "../protocol/languages.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { demandAdmin } from "./access.ts";
import { changesBetween } from "./changes.ts";
import { demandLounge } from "./lounges.ts";

const TAKEN = "This lounge has a room for that language already.";

/**
 * A room for one more language. Its name is, unless another is given, what the language calls itself.
 *
 * @param lounge its id or its slug
 * @throws AppError FORBIDDEN, NOT_FOUND, SLUG_TAKEN with its field
 */
export async function addLanguageRoom(
  services: Services,
  actor: Viewer,
  lounge: string,
  { language, name = languageOf(language).name, topic }: NewLanguageRoom,
): Promise<AdminLanguageRoom> {
  demandAdmin(actor);
  try {
    const added = await services.sql.begin(async (sql) => {
      const { id } = await demandLounge(sql, lounge);
      await lockLounge(sql, id);
      const roomId = await createLanguageRoom(sql, id, { language, name, topic });
      await record(sql, actor, "language-room.created", { lounge: id, room: roomId, language, name });
      return roomIn((await findLounge(sql, id))!, roomId);
    });
    return withPeople(services, added);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError("SLUG_TAKEN", { message: TAKEN, fields: { language: TAKEN } });
  }
}

/**
 * Changes what is given, and closes or opens the room. Who is in a room that closes is shown out on every isolate.
 * @throws AppError FORBIDDEN, ROOM_NOT_FOUND for rooms of other kinds too
 */
export async function changeLanguageRoom(
  services: Services,
  actor: Viewer,
  roomId: RoomId,
  { archived, ...change }: LanguageRoomChange,
): Promise<AdminLanguageRoom> {
  demandAdmin(actor);
  const after = await services.sql.begin(async (sql) => {
    const lounge = await loungeOfRoom(sql, roomId);
    if (!lounge) throw new AppError("ROOM_NOT_FOUND");
    await lockLounge(sql, lounge);
    const { name, topic, archived: wasArchived } = roomIn((await findLounge(sql, lounge))!, roomId);
    await writeChange(sql, roomId, change);
    const changed = changesBetween({ name, topic }, change);
    if (changed) await record(sql, actor, "language-room.changed", { room: roomId, ...changed });
    if (archived !== undefined && archived !== wasArchived) await setArchived(sql, actor, roomId, archived);
    return roomIn((await findLounge(sql, lounge))!, roomId);
  });
  services.realtime.rightsChanged(roomId);
  return withPeople(services, after);
}

async function setArchived(sql: Queryable, actor: Viewer, room: RoomId, archived: boolean): Promise<void> {
  await (archived ? archiveLanguageRoom : reopenLanguageRoom)(sql, room);
  await record(sql, actor, archived ? "language-room.archived" : "language-room.reopened", { room });
}

async function record(
  sql: Queryable,
  actor: Viewer,
  action: AuditAction,
  detail: Record<string, string | number | boolean>,
): Promise<void> {
  await audit(sql, { action, actorId: actor.id, subjectId: null, detail });
}

type Stored = LoungeRecord["rooms"][number];

function roomIn({ rooms }: LoungeRecord, id: RoomId): Stored {
  return rooms.find((room) => room.id === id)!;
}

function withPeople({ realtime }: Services, room: Stored): AdminLanguageRoom {
  return { ...room, online: realtime.onlineByRoom().get(room.id) ?? 0 };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "constraint_name" in error &&
    error.constraint_name === "rooms_lounge_id_language_key";
}
