/** Holds the log, as the database has it in the end, against what clients were told. Reads it as a stream. */
import type { Sql } from "../../db/client.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { changeIdentity, clientIdOf, type Ledger, messageIdentity } from "./ledger.ts";
import { Numbers } from "./numbers.ts";

const ROWS_AT_ONCE = 5_000;

interface Row {
  seq: string;
  client_id: string | null;
  type: string | null;
  target_seq: string | null;
  actor_id: string | null;
  emoji: string | null;
  on: boolean | null;
}

/** @returns how many entries the logs hold */
export async function verifyLogs(sql: Sql, roomIds: readonly RoomId[], ledger: Ledger): Promise<number> {
  /** A writer's nth message → where it stands. */
  const places = ledger.acks.map(() => new Numbers());
  let entries = 0;
  for (const roomId of roomIds) entries += await verifyLog(sql, roomId, ledger, places);
  ledger.acks.forEach((acks, writer) => {
    for (let n = 0; n < acks.length; n++) {
      const [seq, place] = [acks.get(n), places[writer]!.get(n)];
      if (seq === 0 || seq === place) continue;
      const what = place === 0 ? "is not there" : `stands at ${place}`;
      ledger.fault("lost", `message ${clientIdOf(writer, n)} was acknowledged at ${seq}, and ${what}`);
    }
  });
  return entries;
}

async function verifyLog(sql: Sql, roomId: RoomId, ledger: Ledger, places: Numbers[]): Promise<number> {
  const told = ledger.orderOf(roomId);
  let last = 0;
  const rows = sql<Row[]>`
    select seq, client_id, null as type, null::bigint as target_seq, null::bigint as actor_id, null as emoji,
      null::boolean as on from messages where room_id = ${roomId}
    union all
    select seq, null, type, target_seq, actor_id, data ->> 'emoji', (data -> 'on')::boolean
    from room_events where room_id = ${roomId}
    order by seq`;
  for await (const some of rows.cursor(ROWS_AT_ONCE)) {
    for (const row of some) {
      const seq = Number(row.seq);
      if (seq === last) ledger.fault("twice", `seq ${seq} of room ${roomId} is there twice`);
      else if (seq !== last + 1) ledger.fault("gap", `room ${roomId} has ${seq} after ${last}`);
      last = seq;
      const identity = identityOf(row);
      if (told.get(seq) !== 0 && told.get(seq) !== identity) {
        ledger.fault(
          "out of order",
          `clients were told that ${told.get(seq)} stands at ${seq} of room ${roomId}`,
        );
      }
      if (row.client_id !== null) place(row.client_id, seq, roomId, ledger, places);
    }
  }
  const [room] = await sql<{ head_seq: string }[]>`select head_seq from rooms where id = ${roomId}`;
  if (Number(room!.head_seq) !== last) {
    ledger.fault("gap", `room ${roomId} ends at ${last}, not ${room!.head_seq}`);
  }
  for (let seq = last + 1; seq < told.length; seq++) {
    if (told.get(seq) !== 0) {
      ledger.fault("lost", `clients were given ${seq} of room ${roomId}, which ends at ${last}`);
    }
  }
  return last;
}

function place(clientId: string, seq: number, roomId: RoomId, ledger: Ledger, places: Numbers[]): void {
  const [writer, n] = clientId.split(".").map(Number);
  const known = places[writer!]?.get(n!);
  // Not a writer's: the house said it.
  if (known === undefined) return;
  if (known !== 0) {
    ledger.fault("twice", `message ${clientId} stands at ${known} and at ${seq} of room ${roomId}`);
  }
  places[writer!]!.set(n!, seq);
}

function identityOf({ client_id, type, target_seq, actor_id, emoji, on }: Row): number {
  if (client_id !== null) return messageIdentity(client_id);
  const target = Number(target_seq);
  if (type === "reaction") return changeIdentity(type, target, emoji!, actor_id!, on!);
  if (type === "message_pinned") return changeIdentity(type, target, on!);
  return changeIdentity(type!, target);
}
