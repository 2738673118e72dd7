import { expect } from "expect";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { join, slugRoom } from "../rooms/slug.ts";
import { bothWays, found, say, search } from "./support.ts";

const parley = parleyForFile();
const PICTURE = { id: crypto.randomUUID(), name: "harbour_at_dawn.webp", type: "image/webp", size: 1000 };
const PAPER = { id: crypto.randomUUID(), name: "Minutes of March.pdf", type: "application/pdf", size: 2000 };

Deno.test("from: finds what one of these people said, by username, name or me, and -from: what others said", async () => {
  const { node, database } = parley();
  const ann = await member(node, { username: "ann_lee", name: "Ann Lee" });
  const bob = await member(node, { username: "bob_ray", name: "Ann Lee" });
  const zoe = await guest(node, { name: "Zoë Guest" });
  const { id } = await roomOf(node, "general", "en");
  const make = async () => {
    await say(node, ann, id, ["kettle ann"]);
    await say(node, bob, id, ["kettle bob"]);
    await say(node, zoe, id, ["kettle zoe"]);
  };
  await bothWays(database.sql, make, async () => {
    expect(await found(node, ann, "kettle from:ANN_LEE")).toEqual(["kettle ann"]);
    expect(await found(node, ann, "from:@bob_ray kettle")).toEqual(["kettle bob"]);
    expect(await found(node, ann, 'kettle from:"ann lee"')).toEqual(["kettle bob", "kettle ann"]);
    expect(await found(node, ann, 'kettle from:"zoë guest"')).toEqual(["kettle zoe"]);
    expect(await found(node, bob, "kettle from:me")).toEqual(["kettle bob"]);
    expect(await found(node, ann, "kettle from:ann_lee from:bob_ray")).toEqual(["kettle bob", "kettle ann"]);
    expect(await found(node, ann, "kettle -from:me")).toEqual(["kettle zoe", "kettle bob"]);
    const { results, notes } = await search(node, ann, "kettle from:nobody_here");
    expect([results, notes]).toEqual([[], { unknown: [{ filter: "from", value: "nobody_here" }] }]);
  });
});

Deno.test("in: finds what was said in one of these rooms: by slug, language room, lounge or id", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const room = await slugRoom(node, ann, { slug: "Search-Party" });
  const other = await slugRoom(node, ann);
  const [english, spanish, music] = [
    await roomOf(node, "general", "en"),
    await roomOf(node, "general", "es"),
    await roomOf(node, "music", "en"),
  ];
  const make = async () => {
    for (
      const [id, name] of [[room.id, "slug"], [other.id, "other"], [english.id, "en"], [spanish.id, "es"], [
        music.id,
        "music",
      ]]
    ) {
      await say(node, ann, id!, [`lantern ${name}`]);
    }
  };
  await bothWays(database.sql, make, async () => {
    expect(await found(node, ann, "lantern in:search-party")).toEqual(["lantern slug"]);
    expect(await found(node, ann, "lantern in:#SEARCH-PARTY")).toEqual(["lantern slug"]);
    expect(await found(node, ann, `lantern in:${other.id}`)).toEqual(["lantern other"]);
    expect(await found(node, ann, "lantern in:general/es")).toEqual(["lantern es"]);
    expect(await found(node, ann, "lantern in:general")).toEqual(["lantern es", "lantern en"]);
    expect(await found(node, ann, "lantern in:general/en in:search-party")).toEqual([
      "lantern en",
      "lantern slug",
    ]);
    expect(await found(node, ann, "lantern -in:general -in:search-party")).toEqual([
      "lantern music",
      "lantern other",
    ]);
    expect(await found(node, ann, "in:search-party")).toEqual(["lantern slug"]);
    expect((await search(node, ann, "lantern in:nowhere")).notes.unknown).toEqual([{
      filter: "in",
      value: "nowhere",
    }]);
  });
});

Deno.test("has: finds messages with links, pictures, files and names, and files are found by their names", async () => {
  const { node, database } = parley();
  const [ann, bob] = [await member(node), await member(node)];
  const room = await slugRoom(node, ann);
  await join(node, room, bob);
  const make = async () => {
    await say(node, ann, room.id, ["plain"]);
    await say(node, ann, room.id, ["look https://example.org/tea"]);
    await say(node, ann, room.id, ["picture"], { kind: "IMAGE", attachments: [PICTURE] });
    await say(node, ann, room.id, [""], { kind: "FILE", attachments: [PAPER, PICTURE] });
    await say(node, ann, room.id, [`hello @${bob.user.username}`], { mentions: [bob.user.id] });
  };
  const here = `in:${room.id}`;
  await bothWays(database.sql, make, async () => {
    expect(await found(node, ann, `has:link ${here}`)).toEqual(["look https://example.org/tea"]);
    expect(await found(node, ann, `has:picture ${here}`)).toEqual(["", "picture"]);
    expect(await found(node, ann, `has:file ${here}`)).toEqual([""]);
    expect(await found(node, ann, `has:mention ${here}`)).toEqual([`hello @${bob.user.username}`]);
    expect(await found(node, ann, `has:picture -has:file ${here}`)).toEqual(["picture"]);
    expect(await found(node, ann, `-has:link -has:mention -has:picture ${here}`)).toEqual(["plain"]);
    const { results } = await search(node, ann, `minute ${here}`);
    expect(results.map(({ files }) => files)).toEqual([[
      [{ text: "Minutes", hit: true }, { text: " of March.pdf" }],
      [{ text: PICTURE.name }],
    ]]);
    expect(await found(node, ann, `harbour dawn ${here}`)).toHaveLength(2);
    // A phrase does not reach from the text into a name.
    expect(await found(node, ann, `"picture harbour" ${here}`)).toEqual([]);
  });
});

Deno.test("before: and after: part the messages at midnight, and no one is lost between them", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const days = [
    "2025-10-31T23:59:59.999999Z",
    "2025-11-01T00:00:00Z",
    "2025-11-30T23:59:59Z",
    "2025-12-01T00:00:00Z",
  ];
  const make = async () => {
    for (const day of days) {
      await say(node, ann, id, [`calendar ${day}`]);
      await database
        .sql`update messages set created_at = ${day} where room_id = ${id} and body = ${`calendar ${day}`}`;
    }
  };
  const at = async (q: string) =>
    (await found(node, ann, `calendar in:${id} ${q}`)).map((body) => body.slice(9));
  const [a, b, c, d] = days;
  await bothWays(database.sql, make, async () => {
    expect(await at("before:2025-11-01")).toEqual([a]);
    expect(await at("after:2025-11-01")).toEqual([d, c, b]);
    expect(await at("after:2025-11 before:2025-12")).toEqual([c, b]);
    expect(await at("before:2025")).toEqual([]);
    expect(await at("after:2025 before:2026")).toEqual([d, c, b, a]);
    expect(await found(node, ann, `after:2025-12 before:2026 in:${id}`)).toEqual([`calendar ${d}`]);
  });
});

Deno.test("words, phrases and what must not be there are all held to when they come together", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const bodies = [
    "green tea with milk",
    "tea, green",
    "green tea",
    "black tea, green cup",
    "greens for the tea table",
  ];
  const at = (q: string) => found(node, ann, `${q} in:${id}`);
  await bothWays(database.sql, () => say(node, ann, id, bodies), async () => {
    expect(await at("green tea")).toHaveLength(5);
    expect(await at('"green tea"')).toEqual(["green tea", "green tea with milk"]);
    expect(await at('"green tea" -milk')).toEqual(["green tea"]);
    expect(await at('tea -"green tea"')).toEqual([
      "greens for the tea table",
      "black tea, green cup",
      "tea, green",
    ]);
    expect(await at("green -tea")).toEqual([]);
    expect(await at('"greens" tea')).toEqual(["greens for the tea table"]);
    expect(await at("-milk")).toHaveLength(4);
    expect(await at("green ta")).toEqual(["greens for the tea table"]);
    expect(await at("ta green")).toEqual([]);
  });
});

Deno.test("the best come first when they are asked for: those that hold the words oftener, and little else", async () => {
  const { node, database } = parley();
  const ann = await member(node);
  const { id } = await slugRoom(node, ann);
  const bodies = [
    "sourdough, sourdough",
    `sourdough ${"and a great many other things ".repeat(20)}`,
    "a sourdough",
  ];
  await bothWays(database.sql, () => say(node, ann, id, bodies), async () => {
    const best = await found(node, ann, `sourdough in:${id}`, { sort: "best" });
    expect(best.map((body) => body.length > 100 ? "long" : body)).toEqual([bodies[0], bodies[2], "long"]);
    const { results } = await search(node, ann, `sourdough in:${id}`);
    expect(results.map(({ seq }) => seq)).toEqual(results.map(({ seq }) => seq).toSorted((a, b) => b - a));
  });
});
