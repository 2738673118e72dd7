/**
 * The bare driver: batched inserts by `unnest`, one after another over one connection. Takes jobs as lines of JSON,
 * answers rows per second, so that all its rounds run in one warm process as the product's do.
 */
import { TextLineStream } from "./lines.ts";
import { connect } from "../../db/client.ts";
import type { InsertJob } from "./bare.ts";
import { BODY } from "./crowd.ts";

const sql = connect(Deno.args[0]!, { max: 1, name: "parley bench" });
await sql`drop table if exists bench_messages`;
// The columns and indexes of the product's own table.
await sql`create table bench_messages (like messages including all)`;
let seq = 0;

async function insert({ batch, rooms }: InsertJob): Promise<void> {
  const rows = Array.from({ length: batch }, (_, index) => {
    seq++;
    return {
      room: 1 + index % rooms,
      seq,
      author: 1 + index % 50,
      clientId: `bare-${seq.toString().padStart(31, "0")}`,
    };
  });
  await sql`
    insert into bench_messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq)
    select * from unnest(
      ${rows.map(({ room }) => room)}::bigint[], ${rows.map(({ seq }) => seq)}::bigint[],
      ${rows.map(({ author }) => author)}::bigint[], ${rows.map(({ clientId }) => clientId)}::text[],
      ${rows.map(() => "TEXT")}::text[], ${rows.map(() => BODY)}::text[], ${rows.map(() => null)}::bigint[]
    )`;
}

for await (
  const line of Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream())
) {
  const job = JSON.parse(line) as InsertJob;
  const began = performance.now();
  let rows = 0;
  while (performance.now() - began < job.ms) {
    await insert(job);
    rows += job.batch;
  }
  console.log(rows / (performance.now() - began) * 1000);
}
await sql`drop table bench_messages`;
await sql.end({ timeout: 2 });
