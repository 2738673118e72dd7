/** A message is found as soon as it is sent, and not any more once it is taken back, wherever the index stands. */
import { expect } from "expect";
import { eraseAccount } from "../../lib/profile/erase.ts";
import { partsOf } from "../../lib/protocol/ids.ts";
import { indexAll, startIndexer } from "../../lib/search/indexer.ts";
import { Stems } from "../../lib/search/stems.ts";
import { deleteMessage, editMessage } from "../../db/queries/messages.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { until } from "../support/wait.ts";
import { roomOf } from "../support/visitor.ts";
import { join, slugRoom } from "../rooms/slug.ts";
import { found, index, say, withoutIndexer } from "./support.ts";

const parley = parleyForFile({ nodes: 2 });

Deno.test("a message is found on another isolate as soon as its sender is told that it is kept", async () => {
  const [here, there] = parley().nodes;
  const [ann, bob] = [await member(here!), await member(there!)];
  const { id } = await roomOf(here!, "general", "en");
  const socket = await connect(here!, ann);
  await socket.join(id);
  for (let turn = 0; turn < 20; turn++) {
    await socket.say(id, `instantly turn${turn}`);
    expect(await found(there!, bob, `turn${turn}`)).toEqual([`instantly turn${turn}`]);
  }
  await socket.close();
});

Deno.test("what is sent while it is being indexed is found at every moment, once", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const stems = new Stems(database.sql);
  let sending = true;
  const indexing = (async () => {
    while (sending) await indexAll(database.sql, stems);
  })();
  for (let turn = 1; turn <= 40; turn++) {
    await say(node, ann, id, [`conveyor ${turn}`]);
    expect((await found(node, ann, `conveyor in:${id}`))[0]).toBe(`conveyor ${turn}`);
    if (turn <= 20) expect(await found(node, ann, `conveyor in:${id}`)).toHaveLength(turn);
  }
  sending = false;
  await indexing;
});

Deno.test("an edited message is found by its new words at once, and by its old ones no more", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const edit = async (name: string, from: string, to: string) => {
    const [message] = await say(node, ann, id, [`${from} ${name}`]);
    return { ...partsOf(message!), body: `${to} ${name}`, actorId: ann.user.id };
  };
  for (const state of ["fresh", "indexed"]) {
    await index(database.sql);
    const change = await edit(state, "formerly", "presently");
    if (state === "indexed") await index(database.sql);
    await using _ = await withoutIndexer(database.sql);
    await editMessage(node.services.sql, change);
    expect(await found(node, ann, `formerly ${state} in:${id}`)).toEqual([]);
    expect(await found(node, ann, `presently ${state} in:${id}`)).toEqual([`presently ${state}`]);
  }
  await index(database.sql);
  expect(await found(node, ann, `formerly in:${id}`)).toEqual([]);
  expect(await found(node, ann, `presently in:${id}`)).toHaveLength(2);
});

Deno.test("a deleted message is found no more from that moment on, and its words leave the index and the lexicon", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const [one, two] = await say(node, ann, id, ["vanishingword one", "vanishingword two"]);
  await index(database.sql);
  const remove = (message: string) =>
    deleteMessage(node.services.sql, { ...partsOf(message as typeof one & string), actorId: ann.user.id });
  await remove(one!);
  expect(await found(node, ann, "vanishingword")).toEqual(["vanishingword two"]);
  expect(await usesOf("vanishingword")).toBe(1);
  await remove(two!);
  expect(await found(node, ann, "vanishingword")).toEqual([]);
  expect(await usesOf("vanishingword")).toBe(0);

  async function usesOf(word: string): Promise<number> {
    await index(database.sql);
    const [row] = await database.sql<
      { uses: string }[]
    >`select uses from search_lexicon where word = ${word}`;
    return Number(row?.uses ?? 0);
  }
});

Deno.test("a message that is deleted while it is being indexed does not stay in the index", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const stems = new Stems(database.sql);
  for (let turn = 0; turn < 15; turn++) {
    const sent = await say(node, ann, id, Array.from({ length: 5 }, (_, n) => `crossfire ${turn} ${n}`));
    await Promise.all([
      indexAll(database.sql, stems),
      ...sent.map((message) =>
        deleteMessage(node.services.sql, { ...partsOf(message), actorId: ann.user.id })
      ),
    ]);
    expect(await found(node, ann, `crossfire in:${id}`)).toEqual([]);
  }
  await index(database.sql);
  const left = await database.sql`select seq from message_search where room_id = ${id}`;
  expect(left.map(({ seq }) => seq)).toEqual([]);
});

Deno.test("nothing of an erased account's words is left to find, in tables of the search either", async () => {
  const { node, database } = parley();
  const [ann, bob] = [await member(node), await member(node)];
  const room = await slugRoom(node, ann);
  await join(node, room, bob);
  await say(node, bob, room.id, ["erasableword early"]);
  await index(database.sql);
  await say(node, bob, room.id, ["erasableword late"]);
  expect(await found(node, ann, "erasableword")).toHaveLength(2);
  const work = {
    services: node.services,
    jobId: crypto.randomUUID(),
    signal: new AbortController().signal,
    progress: () => Promise.resolve(),
  };
  await eraseAccount(work as unknown as Parameters<typeof eraseAccount>[0], bob.user.id);
  expect(await found(node, ann, "erasableword")).toEqual([]);
  await index(database.sql);
  for (const table of ["message_search", "search_lexicon", "search_changes", "messages", "room_events"]) {
    const rows = await database.sql`
      select 1 from ${database.sql(table)} t where t::text like '%erasableword%' limit 1`;
    expect([table, rows.length]).toEqual([table, 0]);
  }
});

Deno.test("the indexers of all isolates share the work, and each message is counted once", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const others = Array.from({ length: 3 }, () => startIndexer({ sql: database.sql, log: node.services.log }));
  for (let turn = 0; turn < 10; turn++) await say(node, ann, id, ["countedonce a", "countedonce b"]);
  await until("an index of all that was said", async () => {
    const [row] = await database.sql<[{ count: number }]>`
      select count(*)::int from message_search where room_id = ${id} and words @@ 'countedonce'::tsquery`;
    return row.count === 20;
  });
  await Promise.all(others.map((other) => other.stop()));
  const [row] = await database.sql<
    { uses: string }[]
  >`select uses from search_lexicon where word = 'countedonce'`;
  expect(row!.uses).toBe("20");
});
