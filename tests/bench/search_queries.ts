/** Searches as the page makes them, from the words to the marked results, measured one by one. */
import { appendMessages } from "../../db/queries/append.ts";
import type { Sql } from "../../db/client.ts";
import type { SearchSort } from "../../lib/protocol/forms/search.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import { searchMessages } from "../../lib/search/search.ts";
import type { Services } from "../../lib/services.ts";
import { median, percentile } from "./figures.ts";
import { PLANTED } from "./search_seed.ts";

interface Asked {
  q: string;
  what: string;
  sort?: SearchSort;
}

/** Sent and not indexed yet when the second round is measured. */
const FRESH = 500;

function queries(slug: string): Asked[] {
  const of = (word: keyof typeof PLANTED) =>
    `one word, in ${PLANTED[word].toLocaleString("en")} of a million`;
  return [
    { q: "zephyrine", what: of("zephyrine") },
    { q: "marigold", what: of("marigold") },
    { q: "evening", what: of("evening") },
    { q: "bonfire evening", what: "two common words" },
    { q: '"bonfire evening"', what: "phrase of two common words" },
    { q: "from:person_40 evening", what: "from: and a common word" },
    { q: `in:${slug} marigold`, what: "in: a room, and a rare word" },
    { q: "今天", what: "pair of Chinese characters" },
    { q: "我", what: "one Chinese character" },
    { q: "الشاي", what: "Arabic, with its article" },
    { q: "bonf", what: "beginning of a word" },
    { q: "makes has:link -evening", what: "stem, link, without a common word" },
    { q: "zephyrinx evening", what: "nothing, beside a common word" },
    { q: "evening", what: "the best of a common word", sort: "best" },
    { q: "bonfire marigold", what: "the best of two words", sort: "best" },
  ];
}

/** What is dear to find: made of the commonest words, and found nowhere or seldom. */
async function dearQueries(sql: Sql): Promise<Asked[]> {
  const rows = await sql<{ word: string }[]>`select word from search_lexicon order by uses desc limit 24`;
  const words = rows.map(({ word }) => word);
  return [
    { q: words.join(" "), what: "the 24 commonest words, all of them" },
    { q: `"${words.slice(0, 4).join(" ")}"`, what: "phrase of the 4 commonest, never said" },
    { q: "-evening", what: "without a common word, and nothing else" },
    { q: "th", what: "beginning of hundreds of words" },
    { q: "from:person_0", what: "from: the most talkative" },
    { q: "evening before:2001", what: "before the first message" },
  ];
}

/** Who asks, and the services that a search takes. */
export async function askerOf(sql: Sql): Promise<{ asker: Viewer; services: Services }> {
  const services = { sql, clock: () => Date.now(), limits: { spend: () => {} } } as unknown as Services;
  return { asker: await viewerCalled(sql, "asker"), services };
}

export async function measureQueries(sql: Sql, runs: number): Promise<void> {
  const { asker, services } = await askerOf(sql);
  const [room] = await sql<{ slug: string }[]>`
    select r.slug from rooms r join memberships m on m.room_id = r.id and m.user_id = ${asker.id}
    order by r.head_seq desc limit 1`;
  const asked = queries(room!.slug);
  await show(`Searches over ${await countOf(sql)} messages, one after another`, services, asker, asked, runs);
  await show("Dear ones", services, asker, await dearQueries(sql), runs);
  await sendSome(sql, asker.id);
  const waiting = `The same with ${FRESH} messages that are not indexed yet`;
  await show(waiting, services, asker, asked.slice(0, 4), runs);
}

async function show(
  title: string,
  services: Services,
  asker: Viewer,
  asked: Asked[],
  runs: number,
): Promise<void> {
  const times = asked.map((): number[] => []);
  const found: string[] = [];
  // Round and round, so that none finds the caches as it left them.
  for (let run = 0; run < runs; run++) {
    for (const [index, { q, sort = "new" }] of asked.entries()) {
      const began = performance.now();
      const { results, count, notes } = await searchMessages(services, asker, { q, sort });
      times[index]!.push(performance.now() - began);
      found[index] = `${count?.found}${count?.more ? "+" : ""}${notes.searchedBackTo ? " (stopped)" : ""}`;
      if (results.length === 0 && count?.found) throw new Error(`${q}: found, and not shown`);
    }
  }
  heading(title);
  for (const [index, { what }] of asked.entries()) line(what, times[index]!, found[index]);
  line("all of them", times.flat());
}

export function heading(title: string): void {
  console.log(`\n${title}; ms`);
  console.log(
    `  ${"".padEnd(44)} ${["median", "p99", "most"].map((name) => name.padStart(7)).join("")}  found`,
  );
}

export function line(what: string, times: number[], found = ""): void {
  const figures = [median(times), percentile(times, 0.99), Math.max(...times)];
  console.log(`  ${what.padEnd(44)} ${figures.map((ms) => ms.toFixed(1).padStart(7)).join("")}  ${found}`);
}

async function sendSome(sql: Sql, author: UserId): Promise<void> {
  const rooms = await sql<
    { id: RoomId }[]
  >`select id from rooms where kind = 'language' order by id limit 20`;
  await appendMessages(
    sql,
    Array.from({ length: FRESH }, (_, n) => ({
      roomId: rooms[n % rooms.length]!.id,
      authorId: author,
      clientId: crypto.randomUUID(),
      kind: "TEXT",
      body: `Said just now, and the evening is still young: number ${n}`,
    })),
  );
}

async function countOf(sql: Sql): Promise<string> {
  const [row] = await sql<[{ count: number }]>`select count(*)::int from message_search`;
  return row.count.toLocaleString("en");
}

async function viewerCalled(sql: Sql, username: string): Promise<Viewer> {
  const [row] = await sql<
    { id: UserId; name: string }[]
  >`select id, name from users where username = ${username}`;
  return { ...row!, username, tier: "member", ageCategory: "_18PLUS", role: "USER" };
}
