import { expect } from "expect";
import type { DirectoryPage } from "../../lib/protocol/forms/rooms.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, refusal } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { act, ask, join, slugRoom } from "./slug.ts";

const parley = parleyForFile();

async function search(query: Record<string, string> = {}): Promise<DirectoryPage> {
  const path = `/api/rooms/directory?${new URLSearchParams(query)}`;
  return await dataOf<DirectoryPage>(await ask(parley().node, null, "GET", path));
}
const found = async (q: string) => (await search({ q })).rooms.map(({ slug }) => slug);

Deno.test("a public room is found by the beginnings of words of its name, topic and address, by anybody", async () => {
  const { node } = parley();
  const ann = await member(node);
  const room = await slugRoom(node, ann, { name: "Vélo & vin Ⅱ", slug: "bicycle-bar" });
  const path = `/api/rooms/slug/${room.id}/settings`;
  await dataOf(await ask(node, ann, "PATCH", path, { topic: "Дождливые дороги, 東京" }));
  for (
    const q of ["vél", "VIN vélo", "bicy", "bar", "дожд", "東", "vin & !(", "  dороги".replace("d", "д")]
  ) {
    expect([q, await found(q)]).toEqual([q, ["bicycle-bar"]]);
  }
  for (const q of ["élo", "vin otter", "'); drop", "icycle", "&!:*", "🚲"]) {
    expect([q, await found(q)]).toEqual([q, []]);
  }
});

Deno.test("rooms that are archived or take an invite never appear", async () => {
  const { node } = parley();
  const ann = await member(node);
  await slugRoom(node, ann, { name: "Hidden heron", visibility: "invite" });
  const open = await slugRoom(node, ann, { name: "Open heron", slug: "open-heron" });
  const shut = await slugRoom(node, ann, { name: "Shut heron", slug: "shut-heron" });
  await dataOf(await act(node, ann, shut, "archive", { archived: true }));
  expect(await found("heron")).toEqual(["open-heron"]);
  const path = `/api/rooms/slug/${open.id}/settings`;
  await dataOf(await ask(node, ann, "PATCH", path, { visibility: "invite" }));
  expect(await found("heron")).toEqual([]);
  expect((await search()).rooms.filter(({ name }) => name.includes("heron"))).toEqual([]);
});

Deno.test("the liveliest room comes first, with how many belong to it and how many are there", async () => {
  const { node } = parley();
  const [ann, ben] = [await member(node), await member(node)];
  const first = await slugRoom(node, ann, { name: "Gulls one", slug: "gulls-one" });
  await slugRoom(node, ann, { name: "Gulls two", slug: "gulls-two" });
  expect(await found("gulls")).toEqual(["gulls-two", "gulls-one"]);
  await join(node, first, ben);
  const socket = await connect(node, ben as Parameters<typeof connect>[1]);
  await socket.join(first.id);
  await socket.say(first.id, "Hello gulls");
  expect(await found("gulls")).toEqual(["gulls-one", "gulls-two"]);
  await until("Ben to be counted", async () => (await search({ q: "gulls" })).rooms[0]?.online === 1);
  expect((await search({ q: "gulls" })).rooms[0]).toMatchObject({
    memberCount: 2,
    online: 1,
    name: "Gulls one",
  });
  await socket.close();
});

Deno.test("pages join on to each other until the end, without a gap or a double", async () => {
  const { node } = parley();
  const ann = await member(node);
  const { sql } = node.services;
  // Some at the very same moment: then their ids decide.
  await sql`
    insert into rooms (kind, name, slug, visibility, creator_id, created_at)
    select 'slug', 'Pelican ' || n, 'pelican-' || n, 'public', ${ann.user.id}, now() - (n / 5) * interval '1 second'
    from generate_series(1, 75) n`;
  const seen: string[] = [];
  let pages = 0;
  for (let cursor: string | null = ""; cursor !== null; pages++) {
    const page: DirectoryPage = await search({ q: "pelican", ...(cursor && { cursor }) });
    seen.push(...page.rooms.map(({ slug }) => slug));
    cursor = page.nextCursor;
  }
  expect([pages, seen.length, new Set(seen).size]).toEqual([3, 75, 75]);
});

Deno.test("a cursor that no page gave, or a search that is too long, is refused", async () => {
  const { node } = parley();
  for (const query of ["cursor=nowhere", "cursor=1-0", `q=${"x".repeat(101)}`, "more=1"]) {
    await refusal(await ask(node, null, "GET", `/api/rooms/directory?${query}`), 400, "VALIDATION_FAILED");
  }
});
