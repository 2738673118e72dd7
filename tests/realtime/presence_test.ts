import { expect } from "expect";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { startMortalNode } from "../support/isolate.ts";
import { member } from "../support/member.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { type Guest, guest, type Place, roomOf } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
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

/** Waits until a room, as its events tell it, holds these people. */
async function shows(socket: TestSocket, roomId: RoomId, people: string[]): Promise<void> {
  await until(`${people} in the room`, () => {
    const view = viewOf(socket.events, roomId);
    return view.online === people.length && names([...view.people]).join() === people.join();
  });
}

Deno.test("people see each other come when they are on different nodes", async () => {
  const [here, there] = parley().nodes;
  const ann = await enter(here!, "Ann", "en");
  expect(names(ann.joined.members)).toEqual(["Ann"]);
  const ben = await enter(there!, "Ben", "en");
  expect(names(ben.joined.members)).toContain("Ben");
  for (const { socket } of [ann, ben]) await shows(socket, ann.roomId, ["Ann", "Ben"]);
  const { user } = await ann.socket.take("user_joined", (event) => event.user.id === ben.id);
  expect(user).toEqual({ id: ben.id, name: "Ben", state: "online" });
  const late = await enter(there!, "Cleo", "en");
  expect(names(late.joined.members)).toEqual(["Ann", "Ben", "Cleo"]);
  expect(late.joined.presence.online).toBe(3);
  for (const { socket } of [ann, ben, late]) await socket.close();
});

Deno.test("every view of a room comes right when people come and go quickly", async () => {
  const { node } = parley();
  const { id: roomId } = await roomOf(node, "general", "ko");
  const witness = (await enter(node, "Witness", "ko")).socket;
  const people = await Promise.all(
    Array.from({ length: 8 }, (_, index) => guest(node, { name: `Guest ${index}` })),
  );
  const sockets = await Promise.all(people.map((who) => connect(node, who)));
  // All of it falls within the moment in which changes are gathered, or around its end.
  for (let round = 0; round < 60; round++) {
    const socket = sockets[round % 8]!;
    await socket.join(roomId);
    if (round % 3) await socket.done({ type: "leave_room", roomId });
  }
  for (const socket of sockets) await socket.join(roomId);
  for (const socket of sockets.slice(0, 4)) await socket.close();
  const here = ["Guest 4", "Guest 5", "Guest 6", "Guest 7", "Witness"];
  for (const socket of [witness, ...sockets.slice(4)]) await shows(socket, roomId, here);
  for (const socket of [witness, ...sockets.slice(4)]) await socket.close();
});

Deno.test("everybody disappears from the list when a crowd leaves at once", async () => {
  const [here, there] = parley().nodes;
  const witness = await enter(here!, "Witness", "ar");
  const crowd = await Promise.all(
    Array.from({ length: 60 }, (_, index) => enter(there!, `Guest ${index}`, "ar")),
  );
  await until("a full room", () => viewOf(witness.socket.events, witness.roomId).people.length === 61);
  await Promise.all(crowd.map(({ socket }) => socket.close()));
  await shows(witness.socket, witness.roomId, ["Witness"]);
  await witness.socket.close();
});

Deno.test("people are gone when they leave the room or close their last socket", async () => {
  const [here, there] = parley().nodes;
  const ann = await enter(here!, "Ann", "fr");
  const ben = await enter(there!, "Ben", "fr");
  const cleo = await enter(there!, "Cleo", "fr");
  await shows(ann.socket, ann.roomId, ["Ann", "Ben", "Cleo"]);
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
  const cleo = await enter(there!, "Cleo", "es");
  // Who sees Cleo has heard of the other node, and so of Ben's second socket there.
  for (const { socket } of [ann, again]) await shows(socket, ann.roomId, ["Ann", "Ben", "Cleo"]);
  await ben.socket.close();
  const dan = await enter(there!, "Dan", "es");
  for (const { socket } of [ann, dan]) await shows(socket, ann.roomId, ["Ann", "Ben", "Cleo", "Dan"]);
  expect(ann.socket.events.some(({ type }) => type === "user_left")).toBe(false);
  await again.socket.close();
  await ann.socket.take("user_left", ({ userId }) => userId === ben.id);
  for (const { socket } of [ann, cleo, dan]) await socket.close();
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
  const people = [
    await enter(here!, "Ann", "it"),
    await enter(there!, "Ben", "it"),
    await enter(there!, "Cleo", "it"),
  ];
  await until(
    "three in the list",
    async () => (await roomOf(here!, "general", "it")).online === 3 || undefined,
  );
  for (const { socket } of people) await socket.close();
  await until(
    "nobody in the list",
    async () => (await roomOf(here!, "general", "it")).online === 0 || undefined,
  );
});

Deno.test("people are gone when their node has died and not been heard of for 15 s", async () => {
  const here = parley().node;
  const mortal = await startMortalNode(parley().shared);
  const ann = await enter(here, "Ann", "pt");
  const ben = await enter(mortal, "Ben", "pt");
  await ann.socket.take("user_joined", ({ user }) => user.id === ben.id);
  mortal.kill();
  const cleo = await enter(here, "Cleo", "pt");
  await shows(cleo.socket, cleo.roomId, ["Ann", "Ben", "Cleo"]);
  clock.advance(15_000);
  await ann.socket.take("user_left", ({ userId }) => userId === ben.id);
  for (const { socket } of [ann, cleo]) await shows(socket, cleo.roomId, ["Ann", "Cleo"]);
  for (const { socket } of [ann, cleo]) await socket.close();
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

Deno.test("those with an account can be mentioned: their usernames are known on every node when they come", async () => {
  const [here, there] = parley().nodes;
  const ben = await enter(there!, "Ben", "en");
  const ann = await member(here!, { name: "Ann Lee" });
  const socket = await connect(here!, ann);
  await socket.join(ben.roomId);
  const { user } = await ben.socket.take("user_joined", (event) => event.user.id === ann.user.id);
  const shown = { id: ann.user.id, name: "Ann Lee", username: ann.user.username!, state: "online" };
  expect(user).toEqual(shown);
  const late = await enter(there!, "Cleo", "en");
  expect(late.joined.members).toContainEqual(shown);
  for (const each of [socket, ben.socket, late.socket]) await each.close();
});
