import type { Queryable } from "../../db/client.ts";
import {
  archiveLounge,
  changeLounge as writeChange,
  createLounge as insertLounge,
  findLounge,
  findLoungeState,
  listAllLounges,
  lockLounge,
  type LoungeRecord,
  reopenLounge,
} from "../../db/queries/lounges.ts";
import { audit } from "../audit/audit.ts";
import { AppError } from "../errors.ts";
import type { AdminLounge, LoungeChange, NewLounge } from "../protocol/forms/lounges.ts";
import type { LoungeId } from "../protocol/ids.ts";
import type { Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { demandAdmin } from "./access.ts";
import { changesBetween } from "./changes.ts";

const NO_LOUNGE = "There is no such lounge.";
const TAKEN = "Another lounge has that address already.";

/** All lounges by position, the archived too, with all their language rooms. @throws AppError FORBIDDEN */
export async function listLounges(services: Services, actor: Viewer): Promise<AdminLounge[]> {
  demandAdmin(actor);
  return (await listAllLounges(services.sql)).map((lounge) => withPeople(services, lounge));
}

/** One lounge, named by its id or its slug. @throws AppError FORBIDDEN, NOT_FOUND */
export async function readLounge(services: Services, actor: Viewer, name: string): Promise<AdminLounge> {
  demandAdmin(actor);
  return withPeople(services, await demandLounge(services.sql, name));
}

/** @throws AppError FORBIDDEN, SLUG_TAKEN with its field */
export async function createLounge(
  services: Services,
  actor: Viewer,
  input: NewLounge,
): Promise<AdminLounge> {
  demandAdmin(actor);
  try {
    const lounge = await services.sql.begin(async (sql) => {
      const id = await insertLounge(sql, input);
      const { slug, name, ageRating } = input;
      const detail = { lounge: id, slug, name, ageRating };
      await audit(sql, { action: "lounge.created", actorId: actor.id, subjectId: null, detail });
      return (await findLounge(sql, id))!;
    });
    return withPeople(services, lounge);
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError("SLUG_TAKEN", { message: TAKEN, fields: { slug: TAKEN } });
  }
}

/**
 * Changes what is given, and closes or opens the lounge with its rooms. Who is in one of them and may not be there any
 * more is shown out on every isolate.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function changeLounge(
  services: Services,
  actor: Viewer,
  name: string,
  { archived, ...change }: LoungeChange,
): Promise<AdminLounge> {
  demandAdmin(actor);
  const after = await services.sql.begin(async (sql) => {
    const { id } = await demandLounge(sql, name);
    await lockLounge(sql, id);
    const before = (await findLounge(sql, id))!;
    await writeChange(sql, id, change);
    const { rooms: _, archived: wasArchived, ...fields } = before;
    const changed = changesBetween(fields, change);
    if (changed) {
      const detail = { lounge: id, ...changed };
      await audit(sql, { action: "lounge.changed", actorId: actor.id, subjectId: null, detail });
    }
    if (archived !== undefined && archived !== wasArchived) await setArchived(sql, actor, id, archived);
    return (await findLounge(sql, id))!;
  });
  for (const room of after.rooms) services.realtime.rightsChanged(room.id);
  return withPeople(services, after);
}

async function setArchived(sql: Queryable, actor: Viewer, id: LoungeId, archived: boolean): Promise<void> {
  await (archived ? archiveLounge : reopenLounge)(sql, id);
  const action = archived ? "lounge.archived" : "lounge.reopened";
  await audit(sql, { action, actorId: actor.id, subjectId: null, detail: { lounge: id } });
}

/** @throws AppError NOT_FOUND */
export async function demandLounge(sql: Queryable, name: string): Promise<LoungeRecord> {
  const state = await findLoungeState(sql, name);
  const lounge = state && await findLounge(sql, state.id);
  if (!lounge) throw new AppError("NOT_FOUND", { message: NO_LOUNGE });
  return lounge;
}

function withPeople({ realtime }: Services, lounge: LoungeRecord): AdminLounge {
  const online = realtime.onlineByRoom();
  return { ...lounge, rooms: lounge.rooms.map((room) => ({ ...room, online: online.get(room.id) ?? 0 })) };
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "constraint_name" in error && error.constraint_name === "lounges_slug_key";
}
