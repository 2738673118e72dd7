/** Previews and ghost rooms: none where words are sealed, and nothing is left of them where they are plain. */
import { expect } from "expect";
import { noteLinks } from "../../db/queries/message_links.ts";
import { hashOf } from "../../lib/previews/address.ts";
import { linksIn } from "../../lib/protocol/markdown/links.ts";
import { purgeRoom } from "../../lib/rooms/ghosts/purge.ts";
import { say as saySealed, sealedRoom } from "../ghosts/insiders.ts";
import { connectGhost, expire, ghost, ghostRoom } from "../ghosts/people.ts";
import { LEFT, peopleOf, remainsAtLast, remainsOf } from "../ghosts/remains.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { gallery } from "./shop.ts";
import { startWebParley, type WebParley } from "./web_nodes.ts";

let here: WebParley;

Deno.test.beforeAll(async () => {
  here = await startWebParley(await gallery());
});
Deno.test.afterAll(async () => await here?.[Symbol.asyncDispose]());

/** Keys of those that the store holds anything of. */
function pictures(): string[] {
  const folder = `${here.parley.node.config.dataDir}/files/previews`;
  return [...new Set(Array.from(Deno.readDirSync(folder), ({ name }) => /[\w-]{22}/.exec(name)![0]))];
}

async function known(): Promise<string[]> {
  const rows = await here.parley.database.sql<{ url: string }[]>`select url from link_previews order by url`;
  return rows.map(({ url }) => url);
}

Deno.test("an encrypted room asks for nothing, and would not be told anything", async () => {
  const { insiders: [ann] } = await sealedRoom(here.parley, ["Ann", "Ben"]);
  const { socket } = ann!;
  const link = here.at("/secret");
  const id = await saySealed(ann!, `Look: ${link}`);
  const body = `Look: ${link}`;
  const frame = { type: "send_message", roomId: socket.roomId, clientId: "plain", body } as const;
  expect((await socket.refused(frame)).code).toBe("VALIDATION_FAILED");
  // Not even when somebody upstairs were wrong about the room.
  const { sql } = here.parley.database;
  const [row] = await sql<{ seq: string; body: string }[]>`
    select seq, body from messages where room_id = ${socket.roomId} and author_id is not null`;
  expect(linksIn(row!.body)).toEqual([]);
  const said = { roomId: socket.roomId, seq: Number(row!.seq), body: row!.body, hashes: [hashOf(link)] };
  expect(await noteLinks(sql, said, { now: new Date(), since: new Date(0) })).toBeNull();
  expect(await known()).toEqual([]);
  expect(await sql`select 1 from jobs where kind = 'fetch-preview'`).toEqual([]);
  expect(here.site.requests).toEqual([]);
  expect(id).toContain(socket.roomId);
  await socket.close();
});

Deno.test("nothing is left of a plain room's links, but what others have named too", async () => {
  const { nodes: [one, two], node, database: { sql } } = here.parley;
  const { token } = await ghostRoom(node);
  const [ann, ben] = [
    await connectGhost(one!, await ghost(one!, token, "Ann")),
    await connectGhost(two!, await ghost(two!, token, "Ben")),
  ];
  const elsewhere = await connect(node, await guest(node, { name: "Tom" }));
  const { id: lounge } = await roomOf(node);
  await elsewhere.join(lounge);
  const link = here.at("/both");
  await elsewhere.say(lounge, link);
  const { previews: [shared] } = await elsewhere.take("message_previews");
  await ann.say(ann.roomId, `${link} ${here.at("/ours")}`);
  const whole = await ben.take("message_previews", ({ previews }) => previews.length === 2);
  expect(whole.previews.map(({ title }) => title)).toEqual(["Dusk", "Dusk"]);
  await ben.say(ben.roomId, here.at("/theirs"));
  await ann.take("message_previews", ({ previews }) => previews[0]!.url === here.at("/theirs"));
  expect(await known()).toEqual([here.at("/both"), here.at("/ours"), here.at("/theirs")]);
  expect(pictures().length).toBe(3);

  const people = await peopleOf(here.parley, ann.roomId);
  const before = await remainsOf(here.parley, ann.roomId, people);
  expect(before["message_links.room_id"]).toBe(3);
  await expire(here.parley.nodes, ann.roomId, 10);
  await purgeRoom({ services: node.services, signal: new AbortController().signal }, ann.roomId);
  const after = await remainsAtLast(here.parley, ann.roomId, people, before);
  expect(Object.fromEntries(Object.entries(after).filter(([, many]) => many > 0))).toEqual(LEFT);
  expect(await known()).toEqual([link]);
  expect(await sql`select 1 from let_go_pictures`).toEqual([]);
  expect(pictures().map((key) => `/files/previews/${key}.webp`)).toEqual([shared!.image!.url]);
  const [{ count }] = await sql<[{ count: number }]>`
    select count(*)::int as count from jobs where kind = 'fetch-preview' and payload_sealed <> ''`;
  expect(count).toBe(0);
  for (const socket of [ann, ben]) {
    await until("its end", () => socket.socket.readyState === WebSocket.CLOSED);
  }
  await elsewhere.close();
});
