/** What there is of a room and its people, wherever it may be: in every table, in KV, in the folder of files. */
import type { Sql } from "../../db/client.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Node, Parley } from "../support/node.ts";
import { until } from "../support/wait.ts";

/** Where → how many. */
export type Remains = Record<string, number>;

/** Columns that name a room, and those that name somebody; found in the database, so that none is forgotten. */
const OF_ROOM = /^(room_id|home_room)$/;
const OF_PERSON = /(user|author|actor|creator|uploader|blocked|subject)_id$|_by$/;

export async function rowsOf(sql: Sql, roomId: RoomId, ghosts: UserId[]): Promise<Remains> {
  const columns = await sql<{ table: string; name: string }[]>`
    select c.table_name as table, c.column_name as name from information_schema.columns c
    join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.data_type = 'bigint'
    order by c.table_name, c.column_name`;
  const remains: Remains = {};
  for (const { table, name } of columns) {
    const ids = OF_ROOM.test(name) ? [roomId] : OF_PERSON.test(name) ? ghosts : null;
    if (ids) remains[`${table}.${name}`] = await count(sql, table, name, ids);
  }
  remains["users.id"] = await count(sql, "users", "id", ghosts);
  remains["rooms.id"] = await count(sql, "rooms", "id", [roomId]);
  return remains;
}

async function count(sql: Sql, table: string, column: string, ids: string[]): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from ${sql(table)} where ${sql(column)} = any (${ids}::bigint[])`;
  return row!.count;
}

/** Entries of KV by their first part whose key or value names the room, one of its people or their sessions. */
export async function keysOf(
  { services: { kv } }: Node,
  roomId: RoomId,
  ghosts: UserId[],
  sessions: string[],
): Promise<Remains> {
  const remains: Remains = {};
  const people = new Set<string>([...ghosts, ...ghosts.map((id) => `user:${id}`), ...sessions]);
  for await (const { key, value } of kv.list({ prefix: [] })) {
    const parts = key.map(String);
    const text = JSON.stringify(value) ?? "";
    // Bells have numbers, too.
    const named = (parts[0] !== "bell" && parts.slice(1).some((part) => people.has(part))) ||
      (["here", "typing"].includes(parts[0]!) && parts[1] === roomId) ||
      (parts[0] === "isolate" && text.includes(`"${roomId}":`)) ||
      (parts[0] === "bell" && topicsOf(value).some(([kind, whose]) => names(kind!, whose!))) ||
      sessions.some((id) => text.includes(id));
    if (named) remains[`kv ${parts[0]}`] = (remains[`kv ${parts[0]}`] ?? 0) + 1;
  }
  return remains;

  function names(kind: string, whose: string): boolean {
    return ["room", "here", "typing", "right"].includes(kind) ? whose === roomId : people.has(whose);
  }
}

function topicsOf(board: unknown): string[][] {
  return Object.keys(board as Record<string, unknown>).map((topic) => topic.split(":"));
}

/** Everything below the room's folder, hidden files too; the folder itself counts when it is there. */
export function filesOf({ config: { dataDir } }: Node, roomId: RoomId): Remains {
  const folder = `${dataDir}/files/rooms/${roomId}`;
  try {
    const entries = [...Deno.readDirSync(folder)];
    return { "folder": 1, "folder: files": entries.length };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { "folder": 0, "folder: files": 0 };
  }
}

/** Who was in a room, and by which sessions. */
export interface People {
  ghosts: UserId[];
  sessions: string[];
}

export async function peopleOf({ database: { sql } }: Parley, roomId: RoomId): Promise<People> {
  const rows = await sql<{ id: UserId; session: string }[]>`
    select u.id, s.id as session from users u join sessions s on s.user_id = u.id where u.home_room = ${roomId}`;
  return { ghosts: rows.map(({ id }) => id), sessions: rows.map(({ session }) => session) };
}

export async function remainsOf(
  { node, database: { sql } }: Parley,
  roomId: RoomId,
  people: People,
): Promise<Remains> {
  const { ghosts, sessions } = people;
  return {
    ...await rowsOf(sql, roomId, ghosts),
    ...await keysOf(node, roomId, ghosts, sessions),
    ...filesOf(node, roomId),
  };
}

/** What a tombstone and the record of the removal leave. */
export const LEFT: Remains = { "rooms.id": 1, "removals.room_id": 1 };

/** Nothing of all that was there before, but what is meant to stay. */
export function emptied(before: Remains): Remains {
  return { ...Object.fromEntries(Object.keys(before).map((name) => [name, 0])), ...LEFT };
}

/** What is there once it is as it should be. What was rung lately stands on the doorbell's boards for some seconds more. */
export async function remainsAtLast(
  parley: Parley,
  roomId: RoomId,
  people: People,
  before: Remains,
): Promise<Remains> {
  const wanted = emptied(before);
  let after: Remains = {};
  await until("no trace", async () => {
    after = await remainsOf(parley, roomId, people);
    return Object.keys(wanted).every((name) => (after[name] ?? 0) === wanted[name]);
  }, 40_000).catch(() => {});
  return after;
}

/** Both, side by side, for whoever reads the test's output. */
export function tableOf(before: Remains, after: Remains): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name) =>
    `${name.padEnd(width)} ${String(before[name] ?? 0).padStart(7)} ${String(after[name] ?? 0).padStart(7)}`
  );
  return [`${"".padEnd(width)}  before   after`, ...lines].join("\n");
}
