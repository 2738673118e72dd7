import { expect } from "expect";
import { allKept, placesOf } from "../support/at_rest.ts";
import { dataOf } from "../support/visitor.ts";
import { connect } from "../support/socket.ts";
import { ask } from "../rooms/slug.ts";
import { directRoom, houseForFile, roomWith, setLevel, setSettings, subscribe } from "./house.ts";
import { BODY_MAX } from "../../lib/notifications/words.ts";

const house = houseForFile({ logLevel: "trace" });

async function pair() {
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const room = await roomWith(house().parley.node, ann, ben);
  return { node: house().parley.node, ann, ben, room };
}

Deno.test("a browser is told who said what and where when its owner is named", async () => {
  const { ann, ben, room } = await pair();
  const seq = await house().say(ann, room.id, `**Hello** @${ben.user.username}, ||the end|| :wave:`);
  await house().told(room.id, seq);
  expect(ben.browser.received.map(({ words }) => words)).toEqual([{
    title: "Book club",
    body: `\u2068Ann\u2069: Hello @${ben.user.username}, ▒▒▒▒▒ 👋`,
    url: `/r/${room.slug}?m=${room.id}-${seq}`,
    tag: `room-${room.id}`,
    roomId: room.id,
    seq,
  }]);
  expect(ann.browser.received).toHaveLength(0);
});

Deno.test("the push service learns who sends, and neither who reads nor what nor where", async () => {
  const { node, ann, ben, room } = await pair();
  const seq = await house().say(ann, room.id, `psst @${ben.user.username}`);
  await house().told(room.id, seq);
  const { publicKey } = await dataOf<{ publicKey: string }>(
    await ask(node, ben, "GET", "/api/notifications/key"),
  );
  const [{ headers, sender, key }] = ben.browser.received as [typeof ben.browser.received[number]];
  expect([key, sender.aud]).toEqual([publicKey, house().service.origin]);
  expect(sender.sub).toMatch(/^mailto:/);
  expect(Object.fromEntries(headers)).toMatchObject({ urgency: "high", ttl: "86400" });
  const topic = headers.get("topic")!;
  expect(topic).toHaveLength(32);
  const more = await house().say(ann, room.id, `again @${ben.user.username}`);
  await house().told(room.id, more);
  expect(ben.browser.received[1]!.headers.get("topic")).toBe(topic);
});

Deno.test("every device of somebody is told, and those of others are not", async () => {
  const { node, ann, ben, room } = await pair();
  const phone = await subscribe(node, house().service, ben);
  const eve = await house().person("Eve");
  const seq = await house().say(ann, room.id, `Hi @${ben.user.username}`);
  await house().told(room.id, seq);
  expect([ben.browser, phone, ann.browser, eve.browser].map(({ received }) => received.length)).toEqual(
    [1, 1, 0, 0],
  );
});

Deno.test("an answer to somebody counts as naming them", async () => {
  const { node, ann, ben, room } = await pair();
  const socket = await connect(node, ann);
  const asked = await house().say(ben, room.id, "Who has the keys?");
  const replyTo = `${room.id}-${asked}` as never;
  const { seq } = await socket.done({
    type: "send_message",
    roomId: room.id,
    clientId: crypto.randomUUID(),
    body: "I do",
    replyTo,
  });
  await house().told(room.id, seq!);
  expect(ben.browser.received.map(({ words }) => words.body)).toEqual(["\u2068Ann\u2069: I do"]);
  await socket.close();
});

Deno.test("every word of a direct room is told, by the other's name", async () => {
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const { node } = house().parley;
  const roomId = await directRoom(node, ann, ben);
  const seq = await house().say(ann, roomId, "Are you there?");
  await house().told(roomId, seq);
  expect(ben.browser.received.map(({ words: { title, body, url } }) => ({ title, body, url }))).toEqual([
    { title: "Ann", body: "Are you there?", url: `/dm/${roomId}?m=${roomId}-${seq}` },
  ]);
});

Deno.test("every word of a room is told to those who asked for it, also in a lounge", async () => {
  const { node, ann, ben, room } = await pair();
  await setLevel(node, ben, room.id, "all");
  const [{ rooms: [lounge] }] = await dataOf<[{ rooms: [{ id: typeof room.id }] }]>(
    await ask(node, ben, "GET", "/api/chatroom/lounges"),
  );
  await setLevel(node, ben, lounge.id, "all");
  await house().told(room.id, await house().say(ann, room.id, "nobody in particular"));
  await house().told(lounge.id, await house().say(ann, lounge.id, "good evening"));
  expect(ben.browser.received.map(({ words: { title, body } }) => [title, body])).toEqual([
    ["Book club", "\u2068Ann\u2069: nobody in particular"],
    ["General · English", "\u2068Ann\u2069: good evening"],
  ]);
  expect(ben.browser.received[0]!.headers.get("urgency")).toBe("normal");
});

Deno.test("all rooms are told of in full when that is what somebody usually wants", async () => {
  const { node, ann, ben, room } = await pair();
  await setSettings(node, ben, { roomsLevel: "all", directLevel: "mentions" });
  const direct = await directRoom(node, ann, ben);
  await house().told(room.id, await house().say(ann, room.id, "a word"));
  // What is said later is told after it: the direct room's words were not told.
  await house().say(ann, direct, "not this one");
  await house().told(room.id, await house().say(ann, room.id, "another"));
  expect(ben.browser.titles).toEqual(["Book club", "Book club"]);
});

Deno.test("a notification says no words when its reader hides them", async () => {
  const { node, ann, ben, room } = await pair();
  await setSettings(node, ben, { hideWords: true });
  await house().told(room.id, await house().say(ann, room.id, `a secret, @${ben.user.username}`));
  await house().told(
    room.id,
    await house().say(ann, room.id, `a secret, @${ben.user.username}`, `two, @${ben.user.username}`),
  );
  expect(ben.browser.received.map(({ words: { title, body } }) => [title, body])).toEqual([
    ["Book club", "New message"],
    ["2 new messages in \u2068Book club\u2069", "New messages"],
  ]);
  expect(ben.browser.received.map(({ plaintext }) => plaintext).join()).not.toContain("secret");
});

Deno.test("long words are cut between characters, and stickers are named", async () => {
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const { node } = house().parley;
  const roomId = await directRoom(node, ann, ben);
  await house().told(roomId, await house().say(ann, roomId, "👩‍👩‍👧‍👦".repeat(150)));
  const socket = await connect(node, ann);
  const clientId = crypto.randomUUID();
  const { seq } = await socket.done({
    type: "send_message",
    roomId,
    clientId,
    kind: "STICKER",
    body: "hello",
  });
  await house().told(roomId, seq!);
  const [long, sticker] = ben.browser.received.map(({ words }) => words.body);
  expect(long).toBe(`${"👩‍👩‍👧‍👦".repeat(BODY_MAX - 1)}…`);
  expect(sticker).toMatch(/Hello|hello/);
  await socket.close();
});

Deno.test("no word that was told stands in the queue, the log or KV", async () => {
  const { node, ann, ben, room } = await pair();
  const word = `lanternfish${crypto.randomUUID()}`;
  await house().told(room.id, await house().say(ann, room.id, `${word} @${ben.user.username}`));
  expect(ben.browser.received[0]!.words.body).toContain(word);
  const { parley } = house();
  const kept = await allKept(parley.database.sql, node, parley.shared.kvUrl);
  const elsewhere = kept.filter(({ where }) => !/^(messages|message_search)\./.test(where));
  expect(await placesOf(word, elsewhere)).toEqual([]);
  const { endpoint, keys: { auth } } = ben.browser.subscription;
  expect([await placesOf(endpoint, kept), await placesOf(auth, kept)]).toEqual([[], []]);
});
