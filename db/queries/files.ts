/** Files that were sent into rooms; their bytes are in the store. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { TransactionSql } from "postgres";
import type { Queryable } from "../client.ts";

export interface RoomFile {
  /** A UUID. */
  id: string;
  roomId: RoomId;
  uploaderId: UserId | null;
  name: string;
  /** MIME type, found from the content. */
  type: string;
  /** Bytes. */
  size: number;
}

/**
 * In a transaction, whose lock on the room makes files of one room wait for each other.
 * @param roomMaxBytes what all files of the room may hold together
 * @returns `over` when the room is, `full` when the file does not fit
 */
export async function insertFile(
  sql: TransactionSql,
  file: RoomFile & { uploaderId: UserId },
  roomMaxBytes: number,
): Promise<"ok" | "over" | "full"> {
  const [room] = await sql`
    select 1 from rooms where id = ${file.roomId} and closed_at is null and archived_at is null
      and (ends_at is null or ends_at > clock_timestamp()) for no key update`;
  if (!room) return "over";
  if (await bytesInRoom(sql, file.roomId) + file.size > roomMaxBytes) return "full";
  await sql`
    insert into files (id, room_id, uploader_id, name, type, size)
    values (${file.id}, ${file.roomId}, ${file.uploaderId}, ${file.name}, ${file.type}, ${file.size})`;
  return "ok";
}

export async function findFile(sql: Queryable, roomId: RoomId, id: string): Promise<RoomFile | null> {
  const [file] = await findFiles(sql, roomId, [id]);
  return file ?? null;
}

/** Those of `ids` that are in the room, in the order asked for. */
export async function findFiles(sql: Queryable, roomId: RoomId, ids: string[]): Promise<RoomFile[]> {
  const rows = await sql<(Omit<RoomFile, "size" | "roomId" | "uploaderId"> & FileRow)[]>`
    select f.id, f.room_id, f.uploader_id, f.name, f.type, f.size
    from unnest(${ids}::uuid[]) with ordinality as i (id, ord) join files f on f.id = i.id
    where f.room_id = ${roomId} order by i.ord`;
  return rows.map(({ id, name, type, room_id, uploader_id, size }) => (
    { id, name, type, roomId: room_id, uploaderId: uploader_id, size: Number(size) }
  ));
}

/** A file whose bytes must be removed before its row. */
export interface StaleFile {
  id: string;
  roomId: RoomId;
  size: number;
}

/** Some of a room's files. */
export async function someFilesOf(sql: Queryable, roomId: RoomId, limit: number): Promise<StaleFile[]> {
  return toStale(
    await sql<StaleRow[]>`select id, room_id, size from files where room_id = ${roomId} limit ${limit}`,
  );
}

/** Files that were put in before then, and that no message holds. */
export async function unheldFiles(sql: Queryable, before: Date, limit: number): Promise<StaleFile[]> {
  return toStale(
    await sql<StaleRow[]>`
      with old as materialized (select id, room_id, size from files where created_at < ${before}),
      held as (
        select (a.file ->> 'id')::uuid as id
        from messages m cross join lateral jsonb_array_elements(m.attachments) as a (file)
        where m.attachments is not null and m.room_id in (select room_id from old)
      )
      select o.id, o.room_id, o.size from old o where not exists (select from held h where h.id = o.id)
      limit ${limit}`,
  );
}

export async function removeFiles(sql: Queryable, ids: string[]): Promise<number> {
  return (await sql`delete from files where id = any (${ids}::uuid[])`).count;
}

/** Bytes of all files in a room. */
async function bytesInRoom(sql: Queryable, roomId: RoomId): Promise<number> {
  const [row] = await sql<{ bytes: string }[]>`
    select coalesce(sum(size), 0)::bigint as bytes from files where room_id = ${roomId}`;
  return Number(row!.bytes);
}

interface StaleRow {
  id: string;
  room_id: RoomId;
  size: string;
}

function toStale(rows: StaleRow[]): StaleFile[] {
  return rows.map(({ id, room_id, size }) => ({ id, roomId: room_id, size: Number(size) }));
}

interface FileRow {
  room_id: RoomId;
  uploader_id: UserId | null;
  size: string;
}
