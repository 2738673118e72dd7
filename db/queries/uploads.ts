/** Files on their way: announced, then sent, then made into what a message can hold. */
import type { TransactionSql } from "postgres";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable, Sql } from "../client.ts";
import { insertFile, type RoomFile } from "./files.ts";

export interface Upload {
  /** A UUID; the file's too, once it is one. */
  id: string;
  roomId: RoomId;
  userId: UserId;
  name: string;
  /** Bytes, as announced. */
  size: number;
}

/** Bytes that somebody, and a room, may hold together with what is on its way to them. */
export interface Quotas {
  ofUser: number;
  /** Rooms whose people come without accounts; others have no bound of their own. */
  ofRoom?: number;
}

/**
 * Keeps a place for a file. One person's announcements, and those for a room with a quota, wait for each other.
 * @returns why there is none: the room is over, the person's quota is used up, or the room's is
 */
export async function reserveUpload(
  sql: Sql,
  { id, roomId, userId, name, size }: Upload,
  { ofUser, ofRoom }: Quotas,
): Promise<"ok" | "over" | "user full" | "room full"> {
  return await sql.begin(async (sql) => {
    if (!await holdOpen(sql, roomId, ofRoom === undefined ? "share" : "update")) return "over";
    await sql`select 1 from users where id = ${userId} for no key update`;
    if (await bytesOf(sql, "user", userId) + size > ofUser) return "user full";
    if (ofRoom !== undefined && await bytesOf(sql, "room", roomId) + size > ofRoom) return "room full";
    await sql`
      insert into uploads (id, room_id, user_id, name, size) values (${id}, ${roomId}, ${userId}, ${name}, ${size})`;
    return "ok";
  });
}

/** Somebody's own. `blob` is null until its bytes have come. */
export async function findUpload(
  sql: Queryable,
  id: string,
  userId: UserId,
): Promise<Upload & { blob: string | null } | null> {
  const [row] = await sql<(UploadRow & { blob: string | null })[]>`
    select ${columns(sql)}, blob from uploads where id = ${id} and user_id = ${userId}`;
  return row ? { ...toUpload(row), blob: row.blob } : null;
}

/**
 * Its bytes have come and lie under `blob`.
 * @returns where bytes that came before lie, if any; null when nobody waits for these any more: the upload is gone or
 * being finished, or the room is over
 */
export async function noteReceived(
  sql: Queryable,
  id: string,
  blob: string,
): Promise<{ replaced: string | null } | null> {
  const [row] = await sql<{ before: string | null }[]>`
    update uploads u set blob = ${blob} from (select id, blob from uploads where id = ${id} for update) b, rooms r
    where u.id = b.id and u.finishing_at is null and r.id = u.room_id and ${open(sql)}
    returning b.blob as before`;
  return row ? { replaced: row.before } : null;
}

/**
 * Takes an upload whose bytes have come, to make it a file: one at a time does so, and who falls silent loses it.
 * @param since who began before that has fallen silent
 */
export async function claimUpload(
  sql: Queryable,
  { id, userId, at, since }: { id: string; userId: UserId; at: Date; since: Date },
): Promise<Upload & { blob: string } | null> {
  const [row] = await sql<(UploadRow & { blob: string })[]>`
    update uploads set finishing_at = ${at}
    where id = ${id} and user_id = ${userId} and blob is not null and (finishing_at is null or finishing_at < ${since})
    returning ${columns(sql)}, blob`;
  return row ? { ...toUpload(row), blob: row.blob } : null;
}

/** It can be finished later. */
export async function releaseUpload(sql: Queryable, id: string): Promise<void> {
  await sql`update uploads set finishing_at = null where id = ${id}`;
}

/** The upload becomes a file. @returns why not: the room is over, or the upload is gone */
export async function completeUpload(sql: Sql, file: RoomFile): Promise<"ok" | "over" | "gone"> {
  return await sql.begin(async (sql) => {
    if (!await holdOpen(sql, file.roomId, "share")) return "over";
    const { count } = await sql`delete from uploads where id = ${file.id}`;
    if (count === 0) return "gone";
    await insertFile(sql, file);
    return "ok";
  });
}

/**
 * Takes an upload away, its bytes before its row, and nobody makes it a file meanwhile.
 * @param removeBytes removes what has come of it
 * @returns false when there is none
 */
export async function withdrawUpload(
  sql: Sql,
  id: string,
  removeBytes: (received: { roomId: RoomId; blob: string }) => Promise<void>,
): Promise<boolean> {
  return await sql.begin(async (sql) => {
    const [row] = await sql<{ room_id: RoomId; blob: string | null }[]>`
      select room_id, blob from uploads where id = ${id} for update`;
    if (!row) return false;
    if (row.blob !== null) await removeBytes({ roomId: row.room_id, blob: row.blob });
    await sql`delete from uploads where id = ${id}`;
    return true;
  });
}

/** Ids of those that were announced before then, and did not become files. */
export async function staleUploads(sql: Queryable, before: Date, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from uploads where created_at < ${before} order by created_at limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Nobody closes the room while the transaction lasts. @returns false when it is over already */
async function holdOpen(sql: TransactionSql, roomId: RoomId, how: "share" | "update"): Promise<boolean> {
  const lock = how === "share" ? sql`for share` : sql`for no key update`;
  const rows = await sql`select 1 from rooms r where r.id = ${roomId} and ${open(sql)} ${lock}`;
  return rows.length > 0;
}

function open(sql: Queryable) {
  return sql`r.closed_at is null and r.archived_at is null and (r.ends_at is null or r.ends_at > clock_timestamp())`;
}

/** What is there, and what is on its way. */
async function bytesOf(sql: Queryable, whose: "user" | "room", id: string): Promise<number> {
  const [row] = whose === "user"
    ? await sql<{ bytes: string }[]>`
      select (select coalesce(sum(size), 0) from files where uploader_id = ${id})
        + (select coalesce(sum(size), 0) from uploads where user_id = ${id}) as bytes`
    : await sql<{ bytes: string }[]>`
      select (select coalesce(sum(size), 0) from files where room_id = ${id})
        + (select coalesce(sum(size), 0) from uploads where room_id = ${id}) as bytes`;
  return Number(row!.bytes);
}

interface UploadRow {
  id: string;
  room_id: RoomId;
  user_id: UserId;
  name: string;
  size: string;
}

function columns(sql: Queryable) {
  return sql`id, room_id, user_id, name, size`;
}

function toUpload({ id, room_id, user_id, name, size }: UploadRow): Upload {
  return { id, roomId: room_id, userId: user_id, name, size: Number(size) };
}
