import type { Sql } from "../../../db/client.ts";

/** Function → what is taken out of it, and what stands there instead. */
const PATCHES: [name: string, from: RegExp, to: string][] = [
  [
    "append_to_one_room",
    /update rooms r set head_seq = r\.head_seq \+ size where r\.id = room\s+returning r\.head_seq - size,([\s\S]*?);/,
    "select r.head_seq,$1 from rooms r where r.id = room;",
  ],
  [
    "append_to_one_room",
    /return query select null/,
    "update rooms r set head_seq = head + size where r.id = room;\n  return query select null",
  ],
  ["lock_rooms", / for update/, ""],
];

/**
 * Skip the row lock: the head is read, and written once the messages are. Two messages cannot get one seq, the primary key
 * sees to that; but a message and an event of the same moment can.
 * @throws Error when the functions are others by now: then this bug has to be written anew
 */
export async function skipLock(sql: Sql): Promise<void> {
  for (const [name, from, to] of PATCHES) {
    const [row] = await sql<{ source: string }[]>`
      select pg_get_functiondef(oid) as source from pg_proc where proname = ${name}`;
    const patched = row?.source.replace(from, to);
    if (!patched || patched === row?.source) {
      throw new Error(`${name} is not the function this bug is made for`);
    }
    await sql.unsafe(patched);
  }
}
