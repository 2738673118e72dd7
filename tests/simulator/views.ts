/** Holds what clients show in the end against a fresh fetch. */
import { deepStrictEqual } from "node:assert";
import type { Sql } from "../../db/client.ts";
import { pageBefore } from "../../db/queries/messages.ts";
import { roomsOf } from "../../db/queries/my_rooms.ts";
import { readPointer } from "../../db/queries/reads.ts";
import { headsOf } from "../../db/queries/rooms.ts";
import type { Ledger } from "./ledger.ts";
import type { SimulatedClient } from "./simulated_client.ts";

/** How many messages lists count. */
const UNREAD_COUNTED = 100;

/** True once every client is online and has caught up with its room's log, and everybody has read it. */
export async function areCaughtUp(sql: Sql, clients: readonly SimulatedClient[]): Promise<boolean> {
  const heads = await headsOf(sql, [...new Set(clients.map(({ options }) => options.room.id))]);
  for (const { options: { room, person }, room: { view }, socket } of clients) {
    const head = heads.get(room.id);
    if (socket.state.phase !== "online") return false;
    if (view.room.headSeq !== head || view.room.readSeq !== head) return false;
    if (await readPointer(sql, person.viewer.id, room.id) !== head) return false;
  }
  return true;
}

/** @returns how many views were right */
export async function verifyViews(
  sql: Sql,
  clients: readonly SimulatedClient[],
  ledger: Ledger,
): Promise<number> {
  let equal = 0;
  for (const client of clients) {
    const wrong = await whatIsWrong(sql, client);
    if (wrong === null) equal++;
    else ledger.fault("view", `${client.options.name}: ${wrong}`);
    await verifyUnread(sql, client, ledger);
  }
  return equal;
}

async function whatIsWrong(sql: Sql, { options: { room, person }, room: { view }, socket }: SimulatedClient) {
  const { closed, headSeq, messages } = view.room;
  // All have been online: one may have lost patience since with a machine that has much to do.
  if (socket.state.phase === "ended") return `it is ${JSON.stringify(socket.state)}`;
  if (closed) return `its room is closed: ${closed}`;
  const head = (await headsOf(sql, [room.id])).get(room.id);
  if (headSeq !== head) return `it has come to ${headSeq} of ${head}`;
  const fresh = await pageBefore(sql, room.id, { reader: person.viewer.id, limit: messages.length });
  try {
    deepStrictEqual(plain(messages), plain(fresh.messages));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** As JSON has it: an absent field and an undefined one are the same. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** unread = what others have said after the read pointer, and all devices show the same pointer. */
async function verifyUnread(sql: Sql, { options, room: { view } }: SimulatedClient, ledger: Ledger) {
  const { name, room, person: { viewer } } = options;
  const pointer = await readPointer(sql, viewer.id, room.id);
  if (view.room.readSeq !== pointer) {
    ledger.fault("unread", `${name} shows a pointer at ${view.room.readSeq}, it is at ${pointer}`);
  }
  const mine = (await roomsOf(sql, viewer.id)).find(({ id }) => id === room.id);
  const [count] = await sql<{ unread: number }[]>`
    select count(*)::int as unread from messages where room_id = ${room.id} and seq > ${pointer}
      and author_id is distinct from ${viewer.id} and deleted_at is null`;
  const unread = Math.min(count!.unread, UNREAD_COUNTED);
  if (mine?.unread !== unread || mine.readSeq !== pointer) {
    ledger.fault(
      "unread",
      `${name}'s list says ${mine?.unread} after ${mine?.readSeq}; it is ${unread} after ${pointer}`,
    );
  }
}
