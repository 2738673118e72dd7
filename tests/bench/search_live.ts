/** Searching on a busy evening: while others write and their words are indexed. And how soon what was sent is found. */
import type { Sql } from "../../db/client.ts";
import { appendMessages } from "../../db/queries/append.ts";
import { createLog } from "../../lib/log.ts";
import { startIndexer } from "../../lib/search/indexer.ts";
import { searchMessages } from "../../lib/search/search.ts";
import { askerOf, heading, line } from "./search_queries.ts";
import { atPace, drafts, EVENING } from "./search_writes.ts";

const QUERIES = ["marigold", "evening", "bonfire evening", "from:person_40 evening", "bonf"];

export async function measureLive(sql: Sql): Promise<void> {
  const { asker, services } = await askerOf(sql);
  const next = await drafts(sql);
  const indexer = startIndexer({ sql, log: createLog(false, "error") });
  let busy = true;
  const writing = atPace(() => appendMessages(sql, Array.from({ length: EVENING.size }, () => next())))
    .finally(() => busy = false);
  const times = { searches: [] as number[], kept: [] as number[], found: [] as number[] };
  let late = 0;
  for (let turn = 0; busy; turn++) {
    const began = performance.now();
    await searchMessages(services, asker, { q: QUERIES[turn % QUERIES.length]!, sort: "new" });
    times.searches.push(performance.now() - began);
    if (turn % 5 > 0) continue;
    const word = `unheard${turn}`;
    const sent = performance.now();
    await appendMessages(sql, [next(`The word is ${word}`)]);
    times.kept.push(performance.now() - sent);
    while ((await searchMessages(services, asker, { q: word, sort: "new" })).results.length === 0) late++;
    times.found.push(performance.now() - sent);
  }
  await writing;
  await indexer.stop();
  const { size, every } = EVENING;
  heading(`While ${size / every * 1000} messages a second are sent and indexed`);
  line(`${QUERIES.length} searches, in turn`, times.searches);
  line("from sending until it is kept", times.kept);
  line("from sending until a search has shown it", times.found, `${late} searches too early`);
}
