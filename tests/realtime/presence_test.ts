import { expect } from "expect";
import { startMortalNode } from "../support/isolate.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { type Guest, guest, type Place, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

const clock = movableClock();
const parley = parleyForFile({ nodes: 2, clock });

async function enter(place: Place, name: string, language: string, who?: Guest) {
  const person = who ?? await guest(place, { name });
  const { id: roomId } = await roomOf(place, "general", language);
  const socket = await connect(place, person);
  return { who: person, id: person.user.id, roomId, socket, joined: await socket.join(roomId) };
}

const names = (people: { name: string }[]) => people.map(({ name }) => name).sort();

Deno.test("people see each other come when they are on different nodes", async () => {
  const [here, there] = parley().nodes;
  const ann = await enter(here!, "Ann", "en");
  expect(names(ann.joined.members)).toEqual(["Ann"]);
  const ben = await enter(there!, "Ben", "en");
  expect(names(ben.joined.members)).toEqual(["Ann", "Ben"]);
  expect(ben.joined.presence.online).toBe(2);
  const { user } = await ann.socket.take("user_joined", (event) => event.user.id === ben.id);
  expect(user).toEqual({ id: ben.id, name: "Ben", state: "online" });
  await ann.socket.take("presence", ({ online }) => online === 2);
  for (const { socket } of [ann, ben]) await socket.close();
});

Deno.test("people are gone when they leave the room or close their last socket", async () => {
  const [here, there] = parley().nodes;
  const ann = await enter(here!, "Ann", "fr");
  const ben = await enter(there!, "Ben", "fr");
  const cleo = await enter(there!, "Cleo", "fr");
  await ben.socket.done({ type: "leave_room", roomId: ben.roomId });
  await ann.socket.take("user_left", ({ userId }) => userId === ben.id);
  await cleo.socket.close();
  await ann.socket.take("user_left", ({ userId }) => userId === cleo.id);
  await ann.socket.take("presence", ({ online }) => online === 1);
  for (const { socket } of [ann, ben]) await socket.close();
});

Deno.test("somebody stays one person when they are in the room twice, and stays until both are gone", async () => {
  const [here, there] = parley().nodes;
  const ann = await enter(here!, "Ann", "es");
  const ben = await enter(here!, "Ben", "es");
  const again = await enter(there!, "Ben", "es", ben.who);
  expect(again.joined.presence.online).toBe(2);
  await ben.socket.close();
  const cleo = await enter(there!, "Cleo", "es");
  expect(names(cleo.joined.members)).toEqual(["Ann", "Ben", "Cleo"]);
  await ann.socket.take("user_joined", ({ user }) => user.id === cleo.id);
  expect(ann.socket.events.some(({ type }) => type === "user_left")).toBe(false);
  await again.socket.close();
  await ann.socket.take("user_left", ({ userId }) => userId === ben.id);
  for (const { socket } of [ann, cleo]) await socket.close();
});

Deno.test("somebody is away when all their pages are hidden, and back when one is not", async () => {
  const [here, there] = parley().nodes;
  const ann = await enter(here!, "Ann", "de");
  const ben = await enter(there!, "Ben", "de");
  await ann.socket.take("user_joined", ({ user }) => user.id === ben.id);
  for (const [away, state] of [[true, "away"], [false, "online"]] as const) {
    await ben.socket.done({ type: "heartbeat", away });
    const { changes } = await ann.socket.take("presence", (event) => event.changes !== undefined);
    expect(changes).toEqual([{ id: ben.id, name: "Ben", state }]);
  }
  for (const { socket } of [ann, ben]) await socket.close();
});

Deno.test("lounges count the people of all nodes when they are asked for", async () => {
  const [here, there] = parley().nodes;
  const people = [await enter(here!, "Ann", "it"), await enter(there!, "Ben", "it"), await enter(there!, "Cleo", "it")];
  await until("three in the list", async () => (await roomOf(here!, "general", "it")).online === 3 || undefined);
  for (const { socket } of people) await socket.close();
  await until("nobody in the list", async () => (await roomOf(here!, "general", "it")).online === 0 || undefined);
});

Deno.test("people are gone when their node has died and not been heard of for 15 s", async () => {
  const here = parley().node;
  const mortal = await startMortalNode(parley().shared);
  const ann = await enter(here, "Ann", "pt");
  const ben = await enter(mortal, "Ben", "pt");
  await ann.socket.take("user_joined", ({ user }) => user.id === ben.id);
  mortal.kill();
  await ann.socket.done({ type: "heartbeat" });
  expect((await enter(here, "Cleo", "pt")).joined.presence.online).toBe(3);
  clock.advance(15_000);
  await ann.socket.take("user_left", ({ userId }) => userId === ben.id);
  const dan = await enter(here, "Dan", "pt");
  expect(names(dan.joined.members)).toEqual(["Ann", "Cleo", "Dan"]);
});

async function typingOf(socket: TestSocket, userId: string, on: boolean) {
  return await socket.take("typing", (event) => event.user.id === userId && event.on === on);
}

Deno.test("typing is seen on both nodes when somebody begins and stops", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben] = [await enter(here!, "Ann", "ru"), await enter(there!, "Ben", "ru")];
  const cleo = await enter(here!, "Cleo", "ru");
  const { roomId } = ann;
  await ann.socket.done({ type: "typing", roomId, on: true });
  for (const { socket } of [ben, cleo]) {
    expect((await typingOf(socket, ann.id, true)).user).toEqual({ id: ann.id, name: "Ann" });
  }
  await ann.socket.done({ type: "typing", roomId, on: false });
  for (const { socket } of [ben, cleo]) await typingOf(socket, ann.id, false);
  for (const { socket } of [ann, ben, cleo]) await socket.close();
});

Deno.test("typing ends when the message is sent", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben] = [await enter(here!, "Ann", "hi"), await enter(there!, "Ben", "hi")];
  await ann.socket.done({ type: "typing", roomId: ann.roomId, on: true });
  await typingOf(ben.socket, ann.id, true);
  await ann.socket.say(ann.roomId, "There it is");
  await typingOf(ben.socket, ann.id, false);
  for (const { socket } of [ann, ben]) await socket.close();
});

Deno.test("typing ends when nothing more is heard for 5 s", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben] = [await enter(here!, "Ann", "ja"), await enter(there!, "Ben", "ja")];
  await ann.socket.done({ type: "typing", roomId: ann.roomId, on: true });
  await typingOf(ben.socket, ann.id, true);
  clock.advance(5_001);
  await typingOf(ben.socket, ann.id, false);
  for (const { socket } of [ann, ben]) await socket.close();
});

Deno.test("typing ends when the typist's connection is lost", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben] = [await enter(here!, "Ann", "zh"), await enter(there!, "Ben", "zh")];
  await ann.socket.done({ type: "typing", roomId: ann.roomId, on: true });
  await typingOf(ben.socket, ann.id, true);
  await ann.socket.close();
  await typingOf(ben.socket, ann.id, false);
  await ben.socket.close();
});
