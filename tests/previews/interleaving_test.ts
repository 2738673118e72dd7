/** Whatever people do while previews come and go: an older state and the events since then make what a fresh fetch has. */
import { expect } from "expect";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { MessageId, RoomId } from "../../lib/protocol/ids.ts";
import { join, slugRoom } from "../rooms/slug.ts";
import { type Member, member } from "../support/member.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { viewOf } from "../support/view.ts";
import { until } from "../support/wait.ts";
import { type Answering, html } from "./servers.ts";
import { startWebParley, type WebParley } from "./web_nodes.ts";

const ACTS = 150;
const PAGES = 8;

/** A generator of numbers that a seed decides (mulberry32). */
function dice(seed: number) {
  return (sides: number) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

type Roll = ReturnType<typeof dice>;

/** Every third page has no title, and so no preview; another time it may have one. */
const answer: Answering = async (say, request) => {
  const [, page = ""] = /^GET \/(\d+) /.exec(request) ?? [];
  await say(html(Number(page) % 3 === 2 ? "" : `<title>Page ${page}</title>`));
};

async function actAtRandom(
  socket: TestSocket,
  roomId: RoomId,
  said: MessageId[],
  words: () => string,
  roll: Roll,
): Promise<void> {
  const messageId = said[roll(said.length || 1)];
  switch (messageId ? roll(8) : 0) {
    case 0:
    case 1:
    case 2:
      return void said.push((await socket.say(roomId, words())).messageId!);
    case 3:
    case 4:
      return void await socket.request({ type: "edit_message", messageId: messageId!, body: words() });
    case 5:
      return void (roll(2) || await socket.request({ type: "delete_message", messageId: messageId! }));
    case 6:
      return void await socket.request({
        type: "react",
        messageId: messageId!,
        emoji: "👍",
        on: roll(2) > 0,
      });
    default:
      return void (roll(2) || await socket.request({ type: "remove_previews", messageId: messageId! }));
  }
}

/** Everything that was begun has been done. */
async function settled({ parley: { nodes, database: { sql } } }: WebParley): Promise<void> {
  await until("an end to all fetches", async () => {
    for (const { services } of nodes) await services.linker.close();
    return (await sql`
      select 1 from jobs where kind = 'fetch-preview' and state in ('waiting', 'running')`).length === 0;
  }, 30_000);
}

Deno.test("events make of an older state what a fresh fetch has while previews come and go, on two isolates", async () => {
  const seed = Number(Deno.env.get("SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
  console.log(`SEED=${seed}`);
  const roll = dice(seed);
  await using here = await startWebParley(answer);
  const [one, two] = here.parley.nodes;
  const { sql } = here.parley.database;
  const people: Member[] = [];
  for (const node of [one!, two!, one!, two!]) people.push(await member(node));
  const { id: roomId, ...room } = await slugRoom(one!, people[0]!);
  await join(one!, { ...room, id: roomId }, ...people.slice(1));
  const nodeOf = (index: number) => index % 2 === 0 ? one! : two!;
  const sockets = await Promise.all(people.map((who, index) => connect(nodeOf(index), who)));
  for (const socket of sockets) await socket.join(roomId);
  const words = () =>
    ["Look:", ...Array.from({ length: roll(5) }, () => here.at(`/${roll(PAGES)}`))].join(" ");
  const said: MessageId[] = [];
  const awayEvents: ServerEvent[] = [];
  for (let count = 0; count < ACTS; count++) {
    if (count === ACTS / 3) {
      await sockets[3]!.close();
      awayEvents.push(...sockets[3]!.events);
    }
    if (count === 2 * ACTS / 3) {
      sockets[3] = await connect(two!, people[3]!);
      const joined = await sockets[3].join(roomId, viewOf(awayEvents, roomId).headSeq);
      expect(joined.resumed).toBe(true);
    }
    // What was known is known no more, so that it is fetched anew.
    if (count % 30 === 0) await sql`update link_previews set expires_at = now() - interval '1 s'`;
    const away = count >= ACTS / 3 && count < 2 * ACTS / 3;
    const doers = Array.from({ length: 1 + roll(3) }, () => sockets[roll(away ? 3 : 4)]!);
    await Promise.all(doers.map((socket) => actAtRandom(socket, roomId, said, words, roll)));
  }
  await settled(here);
  const fresh = await connect(two!, people[1]!);
  const { headSeq, messages } = await fresh.join(roomId);
  expect(messages.filter(({ previews }) => previews).length).toBeGreaterThan(3);
  expect(messages.every(({ previews = [] }) => previews.length <= 3)).toBe(true);
  for (const [index, socket] of sockets.entries()) {
    const events = () => index === 3 ? [...awayEvents, ...socket.events] : socket.events;
    await until("the last event", () => viewOf(events(), roomId).headSeq === headSeq);
    const state = viewOf(events(), roomId);
    expect([index, state.messages.slice(-messages.length)]).toEqual([index, messages]);
  }
  for (const socket of [...sockets, fresh]) await socket.close();
});
