/** Who is not told. In each room somebody hears every word, so that there is a moment by which all had to be told. */
import { expect } from "expect";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { act, ask, join } from "../rooms/slug.ts";
import { member } from "../support/member.ts";
import { connect } from "../support/socket.ts";
import { dataOf, guest, refusal, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { directRoom, houseForFile, type Person, roomWith, setLevel, setSettings } from "./house.ts";

const house = houseForFile({ nodes: 2 });

/** Ann speaks, Ben is the one that it is about, Wes hears every word. */
async function cast() {
  const { node } = house().parley;
  const [ann, ben, wes] = [
    await house().person("Ann"),
    await house().person("Ben"),
    await house().person("Wes"),
  ];
  const room = await roomWith(node, ann, ben, wes);
  await setLevel(node, wes, room.id, "all");
  return { node, ann, ben, wes, room, hi: `hi @${ben.user.username}` };
}

interface Scene {
  ann: Person;
  wes: Person;
  room: { id: RoomId };
}

/** Ann says it; once Wes has heard, whoever was to be told has been. */
async function said({ ann, wes, room }: Scene, body: string, before = async (_seq: number) => {}) {
  const count = wes.browser.received.length;
  const seq = await house().say(ann, room.id, body);
  await before(seq);
  await house().told(room.id, seq);
  expect(wes.browser.received.length).toBe(count + 1);
  return seq;
}

const heard = ({ browser }: Person) => browser.received.length;

Deno.test("nobody is told of a plain message when they only want what concerns them", async () => {
  const scene = await cast();
  await said(scene, "good evening everybody");
  expect(heard(scene.ben)).toBe(0);
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(1);
});

Deno.test("nobody is told of their own words", async () => {
  const scene = await cast();
  await setLevel(scene.node, scene.ann, scene.room.id, "all");
  await said(scene, `I, @${scene.ann.user.username}, said so`);
  expect(heard(scene.ann)).toBe(0);
});

Deno.test("nobody is told of what somebody says whom they have blocked", async () => {
  const scene = await cast();
  const { node, ann, ben, room } = scene;
  await setLevel(node, ben, room.id, "all");
  await dataOf(await ask(node, ben, "POST", "/api/me/blocks", { userId: ann.user.id }));
  await said(scene, scene.hi);
  expect(heard(ben)).toBe(0);
  const seq = await house().say(scene.wes, room.id, "and from me");
  await house().told(room.id, seq);
  expect(ben.browser.received.map(({ words }) => words.body)).toEqual(["\u2068Wes\u2069: and from me"]);
});

Deno.test("nobody is told what they have read by then, on whatever device", async () => {
  const scene = await cast();
  const { ben, room } = scene;
  const elsewhere = await connect(house().parley.nodes[1]!, ben);
  await said(scene, scene.hi, async (seq) => {
    await elsewhere.done({ type: "read", roomId: room.id, seq });
  });
  expect(heard(ben)).toBe(0);
  await elsewhere.close();
});

Deno.test("nobody is told while they have the room on their screen on another isolate, and they are once it is hidden", async () => {
  const scene = await cast();
  const { ben, room } = scene;
  await until("signs of life that are younger than the clock's last jump", async () => {
    const { kv } = house().parley.node.services;
    const signs = await Array.fromAsync(kv.list<{ at: number }>({ prefix: ["isolate"] }));
    return signs.length === 2 && signs.every(({ value }) => house().clock() - value.at < 5_000);
  });
  const elsewhere = await connect(house().parley.nodes[1]!, ben);
  await elsewhere.join(room.id);
  const { realtime } = house().parley.node.services;
  const looks = async () => (await realtime.looking(room.id)).has(ben.user.id);
  await until("Ben to be seen", looks);
  await said(scene, scene.hi);
  expect(heard(ben)).toBe(0);
  await elsewhere.done({ type: "heartbeat", away: true });
  await until("Ben to be away", async () => !await looks());
  await said(scene, scene.hi);
  expect(heard(ben)).toBe(1);
  await elsewhere.close();
});

Deno.test("nobody is told of a room they want nothing of, whoever names them", async () => {
  const scene = await cast();
  await setLevel(scene.node, scene.ben, scene.room.id, "nothing");
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(0);
  await setLevel(scene.node, scene.ben, scene.room.id, null);
  await setSettings(scene.node, scene.ben, { roomsLevel: "nothing" });
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(0);
  await setLevel(scene.node, scene.ben, scene.room.id, "mentions");
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(1);
});

Deno.test("nobody is told while they are muted, and they are again afterwards", async () => {
  const scene = await cast();
  const { clock } = house();
  const mutedUntil = new Date(clock() + 3_600_000).toISOString();
  await setSettings(scene.node, scene.ben, { mutedUntil });
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(0);
  clock.advance(3_600_000);
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(1);
});

Deno.test("nobody is told in their quiet hours, wherever they live", async () => {
  const scene = await cast();
  const { clock } = house();
  const wall = (timeZone: string, shift: number) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
      .format(clock() + shift);
  const hours = (timeZone: string, from: number, to: number) => ({
    from: wall(timeZone, from * 3_600_000),
    to: wall(timeZone, to * 3_600_000),
    timeZone,
  });
  await setSettings(scene.node, scene.ben, { quiet: hours("Asia/Tokyo", -1, 1) });
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(0);
  await setSettings(scene.node, scene.ben, { quiet: hours("Asia/Tokyo", 1, -1) });
  await said(scene, scene.hi);
  expect(heard(scene.ben)).toBe(1);
});

Deno.test("nobody is told of a room they have left, or were sent out of", async () => {
  const scene = await cast();
  const { node, ann, ben, room } = scene;
  await setLevel(node, ben, room.id, "all");
  await said(scene, "one", async () => {
    await dataOf(await act(node, ben, room, "leave"));
  });
  expect(heard(ben)).toBe(0);
  await join(node, room, ben);
  await said(scene, "two", async () => {
    await dataOf(await act(node, ann, room, "ban", { userId: ben.user.id }));
  });
  await said(scene, "three");
  expect(heard(ben)).toBe(0);
});

Deno.test("nobody is told of a RED lounge who did not ask for those", async () => {
  const { node } = house().parley;
  const { sql } = house().parley.database;
  const [ann, ben, wes] = [
    await house().person("Ann"),
    await house().person("Ben"),
    await house().person("Wes"),
  ];
  for (const { user } of [ann, wes]) {
    await sql`update users set age_category = '_18PLUS_RED' where id = ${user.id}`;
  }
  const lounges = await dataOf<{ slug: string; ageRating: string }[]>(
    await ask(node, wes, "GET", "/api/chatroom/lounges"),
  );
  const red = lounges.find(({ ageRating }) => ageRating === "_18PLUS_RED")!;
  const room = await roomOf(node, red.slug);
  await setLevel(node, wes, room.id, "all");
  await said({ ann, wes, room }, `hi @${ben.user.username}`);
  expect(heard(ben)).toBe(0);
});

Deno.test("a message that was taken back in time is not told", async () => {
  const scene = await cast();
  const { ann, ben, room } = scene;
  const socket = await connect(scene.node, ann);
  const clientId = crypto.randomUUID();
  const { seq, messageId } = await socket.done({
    type: "send_message",
    roomId: room.id,
    clientId,
    body: scene.hi,
  });
  await socket.done({ type: "delete_message", messageId: messageId! });
  const next = await house().say(ann, room.id, "never mind");
  await house().told(room.id, next);
  expect([seq! < next, heard(ben), heard(scene.wes)]).toEqual([true, 0, 1]);
  await socket.close();
});

Deno.test("a browser is told nothing more when its session ends, and nothing of its former owner's", async () => {
  const scene = await cast();
  const { node, ben, room } = scene;
  const other = await member(node, { name: "Other" });
  await dataOf(await ask(node, other, "POST", "/api/notifications/subscriptions", ben.browser.subscription));
  await said(scene, scene.hi);
  expect(heard(ben)).toBe(0);
  await dataOf(await ask(node, ben, "POST", "/api/notifications/subscriptions", ben.browser.subscription));
  await said(scene, scene.hi);
  expect(heard(ben)).toBe(1);
  await dataOf(await ask(node, ben, "POST", "/api/auth/logout"));
  await said(scene, scene.hi);
  expect(heard(ben)).toBe(1);
  const { sql } = house().parley.database;
  expect(await sql`select 1 from push_subscriptions where user_id = ${ben.user.id}`).toHaveLength(0);
  expect(await sql`select 1 from room_listeners where user_id = ${ben.user.id} and room_id = ${room.id}`)
    .toHaveLength(0);
});

Deno.test("somebody is told of nothing in a direct room of which they want nothing", async () => {
  const { node } = house().parley;
  const [ann, ben, wes] = [
    await house().person("Ann"),
    await house().person("Ben"),
    await house().person("Wes"),
  ];
  const id = await directRoom(node, ann, ben, wes);
  await setLevel(node, ben, id, "nothing");
  await house().told(id, await house().say(ann, id, `both of you, @${ben.user.username}`));
  expect([heard(ben), heard(wes)]).toEqual([0, 1]);
});

Deno.test("guests cannot ask to be told, and are told so", async () => {
  const { node } = house().parley;
  const visitor = await guest(node);
  const { subscription } = await house().service.browser();
  await refusal(
    await ask(node, visitor, "POST", "/api/notifications/subscriptions", subscription),
    403,
    "FORBIDDEN",
  );
  await refusal(await ask(node, null, "GET", "/api/notifications/settings"), 401, "UNAUTHENTICATED");
});
