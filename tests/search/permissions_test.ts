import { expect } from "expect";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { type Node, parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { ghost, ghostRoom } from "../ghosts/people.ts";
import { act, join, slugRoom } from "../rooms/slug.ts";
import { ask, bothWays, found, index, say, search, type Someone } from "./support.ts";

const parley = parleyForFile();

/** Which of these people finds it. */
async function finders(node: Node, q: string, people: Record<string, Someone>): Promise<string[]> {
  const names: string[] = [];
  for (const [name, who] of Object.entries(people)) {
    if ((await found(node, who, q)).length > 0) names.push(name);
  }
  return names;
}

Deno.test("what was said in a slug room is found by its members, and not by strangers, former members, the banned or staff", async () => {
  const { node, database } = parley();
  const people = {
    owner: await member(node),
    member: await member(node),
    former: await member(node),
    kicked: await member(node),
    banned: await member(node),
    stranger: await member(node),
    admin: await member(node, { role: "ADMIN" }),
    guest: await guest(node),
  };
  const room = await slugRoom(node, people.owner);
  await join(node, room, people.member, people.former, people.kicked, people.banned);
  await dataOf(await act(node, people.former, room, "leave"));
  await dataOf(await act(node, people.owner, room, "kick", { userId: people.kicked.user.id }));
  await dataOf(await act(node, people.owner, room, "ban", { userId: people.banned.user.id }));
  await bothWays(database.sql, () => say(node, people.owner, room.id, ["slugsecret marzipan"]), async () => {
    expect(await finders(node, "slugsecret", people)).toEqual(["owner", "member"]);
    // Nor does it help to name the room, or the author.
    const { results, notes } = await search(node, people.stranger, `marzipan in:${room.slug}`);
    expect([results, notes]).toEqual([[], { unknown: [{ filter: "in", value: room.slug }] }]);
    expect(await found(node, people.former, `from:${people.owner.user.username} in:${room.id}`)).toEqual([]);
  });
});

Deno.test("losing a right takes effect with the next search, and so does getting it back", async () => {
  const { node, database } = parley();
  const [owner, mia] = [await member(node), await member(node)];
  const room = await slugRoom(node, owner);
  await join(node, room, mia);
  await say(node, owner, room.id, ["turnstile"]);
  await index(database.sql);
  expect(await found(node, mia, "turnstile")).toEqual(["turnstile"]);
  await dataOf(await act(node, owner, room, "kick", { userId: mia.user.id }));
  expect(await found(node, mia, "turnstile")).toEqual([]);
  await join(node, room, mia);
  expect(await found(node, mia, "turnstile")).toEqual(["turnstile"]);
  await dataOf(await act(node, owner, room, "archive", { archived: true }));
  expect(await found(node, mia, "turnstile")).toEqual(["turnstile"]);
});

Deno.test("what was said in a password room or between people is theirs alone to find", async () => {
  const { node, database } = parley();
  const [maya, tom, eve] = [await member(node), await member(node), await member(node)];
  const inKitchen = { roomName: "Search kitchen", password: "butterbrot" };
  const { room: kitchen } = await dataOf<{ room: RoomInfo }>(await maya.post("/join", inKitchen));
  const helen = await guest(node, { csrf: true });
  await dataOf(await helen.post("/join", inKitchen));
  const { room: direct } = await dataOf<{ room: RoomInfo }>(
    await maya.post("/api/rooms/direct", { userIds: [tom.user.id] }),
  );
  const make = async () => {
    await say(node, maya, kitchen.id, ["kitchensecret"]);
    await say(node, maya, direct.id, ["directsecret"]);
  };
  await bothWays(database.sql, make, async () => {
    expect(await finders(node, "kitchensecret", { maya, tom, eve, helen })).toEqual(["maya", "helen"]);
    expect(await finders(node, "directsecret", { maya, tom, eve, helen })).toEqual(["maya", "tom"]);
    expect(await found(node, maya, 'in:"search kitchen" kitchensecret')).toEqual(["kitchensecret"]);
    expect(await found(node, maya, `in:${direct.id}`)).toEqual(["directsecret"]);
  });
});

Deno.test("a lounge's words are found by everybody of its rating, and a RED one's by those who asked for it", async () => {
  const { node, database } = parley();
  const [plain, red] = [await guest(node), await guest(node, { red: true })];
  const author = await member(node);
  const [open, late] = [await roomOf(node, "general", "en"), await redRoom(database.sql)];
  const make = async () => {
    await say(node, author, open.id, ["loungeword open"]);
    await say(node, author, late, ["loungeword red"]);
  };
  await bothWays(database.sql, make, async () => {
    expect(await found(node, plain, "loungeword")).toEqual(["loungeword open"]);
    expect(await found(node, red, "loungeword")).toEqual(["loungeword red", "loungeword open"]);
    expect(await found(node, plain, "loungeword in:late-night/en")).toEqual([]);
  });
  await database.sql`update rooms set archived_at = now() where id = ${open.id}`;
  expect(await found(node, plain, "loungeword")).toEqual([]);
  await database.sql`update rooms set archived_at = null where id = ${open.id}`;
});

async function redRoom(sql: ReturnType<typeof parley>["database"]["sql"]): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    select r.id from rooms r join lounges l on l.id = r.lounge_id where l.slug = 'late-night' and r.language = 'en'`;
  return row!.id;
}

Deno.test("what blocked people said is left out, unless it is asked for by their name", async () => {
  const { node, database } = parley();
  const [ann, ben] = [await member(node), await member(node, { username: "ben_the_loud" })];
  const { id } = await roomOf(node, "general", "en");
  const make = async () => {
    await say(node, ben, id, ["foldedaway from ben"]);
    await say(node, ann, id, ["foldedaway from ann"]);
    await dataOf(await ann.post("/api/me/blocks", { userId: ben.user.id }));
  };
  await bothWays(database.sql, make, async () => {
    expect(await found(node, ann, "foldedaway")).toEqual(["foldedaway from ann"]);
    expect(await found(node, ann, "foldedaway", { sort: "best" })).toEqual(["foldedaway from ann"]);
    expect(await found(node, ann, "foldedaway from:ben_the_loud")).toEqual(["foldedaway from ben"]);
    // Being blocked by somebody hides nothing that everybody may read.
    expect(await found(node, ben, "foldedaway")).toHaveLength(2);
  });
});

Deno.test("ghost rooms are neither indexed nor searched, sealed or not", async () => {
  const { node, database } = parley();
  const { token } = await ghostRoom(node);
  const { accessToken } = await ghost(node, token, "Wisp");
  const [row] = await database.sql<{ id: string; user: string }[]>`
    select r.id, u.id as user from rooms r join users u on u.home_room = r.id where u.name = 'Wisp'`;
  const wisp = { accessToken, user: { id: row!.user } } as Someone;
  await say(node, wisp, row!.id, ["whisperword"]);
  await index(database.sql);
  const [kept] = await database.sql<[{ rows: number; words: number }]>`
    select (select count(*)::int from message_search where room_id = ${row!.id}) as rows,
      (select count(*)::int from search_lexicon where word = 'whisperword') as words`;
  expect(kept).toEqual({ rows: 0, words: 0 });
  expect(await found(node, await member(node), "whisperword")).toEqual([]);
  await refusal(await ask(node, wisp, "whisperword"), 403, "FORBIDDEN");
  // Its messages go as they came.
  await database.sql`delete from messages where room_id = ${row!.id}`;
  expect((await database.sql`select 1 from search_changes where room_id = ${row!.id}`).length).toBe(0);
});

Deno.test("nobody searches without having come in", async () => {
  const stranger = new Visitor(parley().node);
  await refusal(await stranger.fetch("/api/search?q=tea"), 401, "UNAUTHENTICATED");
  const { response } = await stranger.get("/search?q=tea");
  expect([response.status, response.headers.get("location")]).toEqual([
    303,
    "/guest?next=%2Fsearch",
  ]);
});
