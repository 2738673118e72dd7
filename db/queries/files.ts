/** Files that have come into rooms; their bytes are in the store. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
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
  /** Names its bytes in the store; never other bytes than these. */
  blob: string;
  /** Pictures that we wrote anew. */
  picture?: { width: number; height: number; animated: boolean; placeholder?: string };
}

/** A file, and whether a message shows it. */
export interface FoundFile extends RoomFile {
  /** `new`: none yet; `held`: one does; `gone`: the one that did was deleted. */
  state: "new" | "held" | "gone";
  /** Since when it is `new` or `gone`. */
  letGoAt: Date | null;
}

/** The caller holds the room open. */
export async function insertFile(sql: Queryable, file: RoomFile): Promise<void> {
  const { id, roomId, uploaderId, name, type, size, blob, picture } = file;
  await sql`
    insert into files (id, room_id, uploader_id, name, type, size, blob, width, height, animated, placeholder)
    values (${id}, ${roomId}, ${uploaderId}, ${name}, ${type}, ${size}, ${blob}, ${picture?.width ?? null},
      ${picture?.height ?? null}, ${picture?.animated ?? false}, ${picture?.placeholder ?? null})`;
}

export async function findFile(sql: Queryable, roomId: RoomId, id: string): Promise<FoundFile | null> {
  const [file] = await findFiles(sql, roomId, [id]);
  return file ?? null;
}

/** What somebody has sent themselves, whatever room that was. */
export async function findOwnFile(sql: Queryable, id: string, uploaderId: UserId): Promise<RoomFile | null> {
  const [row] = await sql<FileRow[]>`
    select ${columns(sql)} from files f where f.id = ${id} and f.uploader_id = ${uploaderId}`;
  return row ? toFile(row) : null;
}

/** Those of `ids` that are in the room, in the order asked for. */
export async function findFiles(sql: Queryable, roomId: RoomId, ids: string[]): Promise<FoundFile[]> {
  const rows = await sql<FileRow[]>`
    select ${columns(sql)}
    from unnest(${ids}::uuid[]) with ordinality as i (id, ord) join files f on f.id = i.id
    where f.room_id = ${roomId} order by i.ord`;
  return rows.map(toFile);
}

/** A file whose bytes must be removed before its row. */
export interface StaleFile {
  id: string;
  roomId: RoomId;
  blob: string;
  /** It has a small copy. */
  isPicture: boolean;
  size: number;
}

/** Some of a room's files. */
export async function someFilesOf(sql: Queryable, roomId: RoomId, limit: number): Promise<StaleFile[]> {
  return toStale(
    await sql<
      StaleRow[]
    >`select id, room_id, blob, width, size from files where room_id = ${roomId} limit ${limit}`,
  );
}

/** Files that no message holds since before then, the longest first. */
export async function unheldFiles(sql: Queryable, before: Date, limit: number): Promise<StaleFile[]> {
  return toStale(
    await sql<StaleRow[]>`
      select id, room_id, blob, width, size from files where let_go_at < ${before} order by let_go_at limit ${limit}`,
  );
}

export async function removeFiles(sql: Queryable, ids: string[]): Promise<number> {
  return (await sql`delete from files where id = any (${ids}::uuid[])`).count;
}

function columns(sql: Queryable) {
  return sql`f.id, f.room_id, f.uploader_id, f.name, f.type, f.size, f.blob, f.width, f.height, f.animated,
    f.placeholder, f.message_seq, f.let_go_at`;
}

interface StaleRow {
  id: string;
  room_id: RoomId;
  blob: string;
  width: number | null;
  size: string;
}

function toStale(rows: StaleRow[]): StaleFile[] {
  return rows.map(({ id, room_id, blob, width, size }) => (
    { id, roomId: room_id, blob, isPicture: width !== null, size: Number(size) }
  ));
}

interface FileRow extends StaleRow {
  uploader_id: UserId | null;
  name: string;
  type: string;
  height: number | null;
  animated: boolean;
  placeholder: string | null;
  message_seq: string | null;
  let_go_at: Date | null;
}

function toFile(row: FileRow): FoundFile {
  const { id, name, type, blob, width, height, animated, placeholder } = row;
  return {
    ...{ id, roomId: row.room_id, uploaderId: row.uploader_id, name, type, size: Number(row.size), blob },
    ...(width !== null && height !== null && {
      picture: { width, height, animated, ...(placeholder !== null && { placeholder }) },
    }),
    state: row.let_go_at === null ? "held" : row.message_seq === null ? "new" : "gone",
    letGoAt: row.let_go_at,
  };
}
