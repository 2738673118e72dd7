import { expect } from "expect";
import { kvServerTest } from "../support/denokv.ts";
import { type Machines, startMachines } from "../support/machines.ts";
import { connect, ticketFor } from "../support/socket.ts";
import { dataOf, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
import { before, until } from "../support/wait.ts";

/** Milliseconds: the sweep's 5 s, and what a busy machine adds. */
const BY_THE_SWEEP = 8_000;
/** Milliseconds in which whoever asks is told that KV is away: twice the 2 s of an operation, and some. */
const PROMPT = 6_000;
/** Milliseconds from the return of KV to the return of all that needs it. */
const BACK_WITHIN = 20_000;
/** Milliseconds without a sign of life after which the machines would take each other for gone. */
const GONE_AFTER = 15_000;

/** What is logged when KV is away is no surprise. */
const AWAY = [
  // The line of a request that was answered 503.
  /ERROR: request$/,
  /the KV server does not answer/,
  /the doorbell cannot be/,
  /isolates cannot see each other/,
  /limits cannot be/,
  /presence cannot be/,
  /typing cannot be/,
  /sockets cannot be counted/,
];

async function twoInARoom(machines: Machines) {
  const { here, there } = machines;
  const [ann, ben] = [await guest(here, { name: "Ann" }), await guest(there, { name: "Ben" })];
  const { id: roomId } = await roomOf(here);
  const [one, other] = [await connect(here, ann), await connect(there, ben)];
  for (const socket of [one, other]) await socket.join(roomId);
  const meet = async () => {
    for (const socket of [one, other]) {
      await until("both in the room", () => viewOf(socket.events, roomId).people.length === 2);
    }
  };
  await meet();
  return { ann, ben, one, other, roomId, meet };
}

type Pair = Awaited<ReturnType<typeof twoInARoom>>;

/** All that must hold while KV is away, whether it is gone or hangs. */
async function demandTalk({ here, there }: Machines, { one, other, roomId, ann }: Pair) {
  const started = performance.now();
  const { seq } = await one.say(roomId, "Is anybody there?");
  await one.take("new_message", (event) => event.seq === seq, 1_000);
  await other.take("new_message", (event) => event.seq === seq, BY_THE_SWEEP);
  await other.say(roomId, "I am");
  await one.take("new_message", ({ message }) => message.body === "I am", BY_THE_SWEEP);
  for (const machine of [here, there]) {
    const signIn = new Visitor(machine).post("/api/auth/guest", { ageCategory: "_18PLUS" });
    await refusal(await before(signIn, "a refusal", PROMPT), 503, "UNAVAILABLE");
    expect(await before(machine.health(), "health", PROMPT)).toMatchObject({ kv: false, postgres: true });
  }
  const headers = { authorization: `Bearer ${ann.accessToken}` };
  const ticket = fetch(`${here.origin}/api/auth/ws-token`, { method: "POST", headers });
  await refusal(await before(ticket, "a refusal", PROMPT), 503, "UNAVAILABLE");
  const page = await before(ann.get("/lounges"), "a page", PROMPT);
  expect(page.response.status).toBe(200);
  return performance.now() - started;
}

/** All is as before: news by the doorbell, presence, tickets, ends of sessions, and the same isolates. */
async function demandRecovery(machines: Machines, pair: Pair, isolates: string[]) {
  const { here, there } = machines;
  const { one, other, roomId, ann, meet } = pair;
  const back = performance.now();
  for (const machine of [here, there]) {
    await until("KV is there", async () => (await machine.health()).kv, BACK_WITHIN);
  }
  // Word of typing comes by the doorbell alone, never by the sweep.
  const typed = other.events.length;
  const heard = () => other.events.slice(typed).some((event) => event.type === "typing" && event.on);
  for (let on = true; !heard(); on = !on) {
    await one.done({ type: "typing", roomId, on });
    await until("word by the doorbell", heard, 500).catch(() => {});
    expect(performance.now() - back).toBeLessThan(BACK_WITHIN);
  }
  await meet();
  const cleo = await guest(there, { name: "Cleo" });
  const third = await connect(there, cleo);
  await third.join(roomId);
  for (const socket of [one, other, third]) {
    await until("three in the room", () => viewOf(socket.events, roomId).people.length === 3);
  }
  await ticketFor(here, ann);
  const headers = { authorization: `Bearer ${cleo.accessToken}` };
  await dataOf(await fetch(`${here.origin}/api/auth/logout`, { method: "POST", headers }));
  expect(await before(third.closed, "the end", 2_000)).toMatchObject({ code: 4001 });
  expect(await isolatesOf(machines)).toEqual(isolates);
}

async function isolatesOf({ here, there }: Machines): Promise<string[]> {
  return await Promise.all([here, there].map(async (machine) => (await machine.health()).isolate));
}

kvServerTest(
  "talking goes on and doors stay shut when denokv is killed, and all is as before when it is back",
  async () => {
    await using machines = await startMachines();
    for (const message of AWAY) machines.expectErrors(message);
    const pair = await twoInARoom(machines);
    const isolates = await isolatesOf(machines);
    await machines.kv.kill9();
    const gone = performance.now();
    await demandTalk(machines, pair);
    // Longer than a sign of life lasts: the machines must come to know each other anew.
    await until("a long time", () => performance.now() - gone > GONE_AFTER + 3_000, GONE_AFTER + 10_000);
    await machines.kv.start();
    await demandRecovery(machines, pair, isolates);
    for (const socket of [pair.one, pair.other]) await socket.close();
  },
);

kvServerTest(
  "talking goes on and doors stay shut when denokv hangs, and all is as before when it wakes",
  async () => {
    await using machines = await startMachines();
    for (const message of AWAY) machines.expectErrors(message);
    const pair = await twoInARoom(machines);
    const isolates = await isolatesOf(machines);
    await machines.kv.hang();
    await demandTalk(machines, pair);
    // Somebody who goes meanwhile must not be left standing in the room.
    const { one, other, roomId, ben } = pair;
    await other.close();
    machines.kv.wake();
    await until(
      "Ben has gone",
      () => !viewOf(one.events, roomId).people.some(({ id }) => id === ben.user.id),
      20_000,
    );
    const again = await connect(machines.there, ben);
    await again.join(roomId);
    await demandRecovery(machines, { ...pair, other: again }, isolates);
    for (const socket of [one, again]) {
      await socket.close();
    }
  },
);

kvServerTest("a machine's people vanish when it dies, and what it said is kept", async () => {
  await using machines = await startMachines();
  const { one, other, roomId, ben } = await twoInARoom(machines);
  const { seq } = await other.say(roomId, "My last words");
  await one.take("new_message", (event) => event.seq === seq);
  await machines.there.kill9();
  await one.take("user_left", ({ userId }) => userId === ben.user.id, 2 * GONE_AFTER);
  const back = await connect(machines.here, ben);
  expect((await back.join(roomId)).headSeq).toBe(seq);
  for (const socket of [one, back]) await socket.close();
});

kvServerTest("a machine ends in order, and loses nothing, when denokv is away", async () => {
  await using machines = await startMachines();
  for (const message of AWAY) machines.expectErrors(message);
  const { one, other, roomId } = await twoInARoom(machines);
  await machines.kv.kill9();
  const { seq } = await other.say(roomId, "Before the end");
  await machines.there.stop();
  await before(other.closed, "the end of a socket");
  await one.take("new_message", (event) => event.seq === seq, BY_THE_SWEEP);
  await one.close();
});
