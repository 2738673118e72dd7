/** A room in which much has been said: lines long and short, code, lists, emoji, stickers, answers and reactions. */
import type { Sql } from "../../db/client.ts";
import { english } from "../../db/seed/en.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { STICKERS } from "../../lib/protocol/stickers.ts";

/** Seconds between two messages, on average. */
const PACE = 90;
const AUTHORS = 12;
/** Rows of one statement. */
const ROWS = 5_000;
const CODE = `\`\`\`ts
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  // Of an even number, the lower of the two in the middle.
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
}
\`\`\``;
const EMOJI = ["👍", "😂", "❤️", "🎉", "🔥", "🙏🏽"];

interface Said {
  seq: number;
  author: UserId;
  kind: "TEXT" | "STICKER";
  body: string;
  replyTo: number | null;
  at: string;
}

/** Always the same (mulberry32): runs can be compared. */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Says the next thing; every line of words carries its number. */
function speaker(random: () => number): (number: number) => Pick<Said, "kind" | "body"> {
  const lines = Object.values(english.rooms).flatMap(({ conversations }) =>
    conversations.flat().map(([, body]) => body)
  );
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const some = (count: number) => Array.from({ length: count }, () => pick(lines));
  return (number) => {
    const kind = "TEXT";
    const dice = random();
    if (dice < 0.04) return { kind: "STICKER", body: pick(STICKERS).id };
    if (dice < 0.10) return { kind, body: some(1 + random() * 3).map(() => pick(EMOJI)).join("") };
    if (dice < 0.13) return { kind, body: `Number ${number}. Like this?\n${CODE}` };
    if (dice < 0.16) {
      return {
        kind,
        body: `Number ${number}:\n${some(3).map((line) => `- ${line}`).join("\n")}`,
      };
    }
    if (dice < 0.19) return { kind, body: `Number ${number}: see https://example.org/${number}` };
    if (dice < 0.30) return { kind, body: `Number ${number}. ${some(3 + random() * 5).join(" ")}` };
    if (dice < 0.60) {
      return { kind, body: `Number ${number}, ${pick(["yes", "no", "maybe", "**never**", "ok"])}` };
    }
    return { kind, body: `Number ${number}. ${pick(lines)}` };
  };
}

async function makeAuthors(sql: Sql): Promise<UserId[]> {
  const made = await sql<{ id: UserId }[]>`
    insert into users (tier, name, username, age_category)
    select 'member', 'Talker ' || n, 'talker_' || gen_random_uuid(), '_18PLUS' from generate_series(1, ${AUTHORS}::int) n
    returning id`;
  return made.map(({ id }) => id);
}

/** Says `count` things after those that are there; the last one a minute ago. @returns their seqs, oldest first */
export async function fillRoom(sql: Sql, roomId: RoomId, count: number): Promise<number[]> {
  const random = generator(20_261_121);
  const say = speaker(random);
  const authors = await makeAuthors(sql);
  const [room] = await sql<{ head: number }[]>`
    update rooms set head_seq = head_seq + ${count} where id = ${roomId} returning (head_seq - ${count})::int as head`;
  const end = Date.now() - 60_000;
  let author = authors[0]!;
  const said = Array.from({ length: count }, (_, index): Said => {
    // People say several things in a row.
    if (random() < 0.6) author = authors[Math.floor(random() * AUTHORS)]!;
    const seq = room!.head + index + 1;
    const replyTo = index > 20 && random() < 0.1 ? seq - 1 - Math.floor(random() * 20) : null;
    const at = new Date(end - (count - index) * PACE * 1000).toISOString();
    return { seq, author, ...say(index + 1), replyTo, at };
  });
  // What was there before was said before.
  await sql`update messages set created_at = created_at - make_interval(secs => ${
    count * PACE
  }) where room_id = ${roomId}`;
  for (let from = 0; from < count; from += ROWS) await insert(sql, roomId, said.slice(from, from + ROWS));
  const liked = said.filter(() => random() < 0.12);
  await sql`
    insert into reactions (room_id, seq, user_id, emoji, event_seq, first_seq)
    select ${roomId}, seq, person, emoji, seq, seq from unnest(
      ${liked.map(({ seq }) => seq)}::bigint[], ${liked.map(({ author }) => author)}::bigint[],
      ${liked.map(({ seq }) => EMOJI[seq % EMOJI.length]!)}::text[]) as r (seq, person, emoji)`;
  await sql`analyze messages`;
  return said.map(({ seq }) => seq);
}

async function insert(sql: Sql, roomId: RoomId, said: Said[]): Promise<void> {
  await sql`
    insert into messages (room_id, seq, author_id, client_id, kind, body, reply_to_seq, created_at)
    select ${roomId}, seq, author, gen_random_uuid(), kind, body, reply, at from unnest(
      ${said.map(({ seq }) => seq)}::bigint[], ${said.map(({ author }) => author)}::bigint[],
      ${said.map(({ kind }) => kind)}::text[], ${said.map(({ body }) => body)}::text[],
      ${said.map(({ replyTo }) => replyTo)}::bigint[], ${said.map(({ at }) => at)}::timestamptz[]
    ) as r (seq, author, kind, body, reply, at)`;
}
