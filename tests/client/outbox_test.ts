import { expect } from "expect";
import { CLOSE, type ErrorCode } from "../../lib/protocol/errors.ts";
import type { Ack } from "../../lib/protocol/events.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { Outbox } from "../../lib/client/outbox.ts";
import { OutboxStore } from "../../lib/client/outbox_store.ts";
import { type LostCode, Refusal } from "../../lib/client/refusal.ts";
import { MessageViews } from "../../lib/client/view_messages.ts";
import type { Viewer } from "../../lib/protocol/types.ts";
import { ME, ROOM } from "../protocol/room_model.ts";
import { HandClock, settled, SharedStorage } from "./support.ts";

type Outcome = Ack | Refusal | "waits";

/** A browser whose tabs share one storage, and a server that answers each send with the next outcome of a script. */
function browser() {
  const storage = new SharedStorage();
  const clock = new HandClock();
  const sent: string[] = [];
  const script: Outcome[] = [];
  let ids = 0;
  const tab = (user = ME) => {
    const store = new OutboxStore(storage.tab(), user, ROOM);
    const request = (frame: { type: string; body?: string }) => {
      sent.push(frame.body!);
      const outcome = script.shift() ?? { type: "ack" as const, seq: sent.length };
      if (outcome === "waits") return new Promise<Ack>(() => {});
      return outcome instanceof Refusal ? Promise.reject(outcome) : Promise.resolve(outcome);
    };
    const newId = () => `id${++ids}`;
    return new Outbox({ roomId: ROOM, store, timers: clock, request, newId, random: () => 0.5 });
  };
  return { storage, clock, sent, script, tab };
}

const refusal = (code: ErrorCode | LostCode, retryAfter?: number, closeCode?: number) =>
  new Refusal(code, `words for ${code}`, retryAfter, closeCode);
const states = (outbox: Outbox) => outbox.entries.map((entry) => `${entry.body} ${entry.state}`);

Deno.test("messages wait while there is no connection, and go out in order, one at a time", async () => {
  const { sent, script, tab } = browser();
  const outbox = tab();
  for (const body of ["one", "two", "three"]) outbox.add(body);
  expect(states(outbox)).toEqual(["one pending", "two pending", "three pending"]);
  script.push({ type: "ack", seq: 1 }, "waits");
  outbox.resume();
  await settled();
  expect(sent).toEqual(["one", "two"]);
  expect(states(outbox)).toEqual(["one sent", "two sending", "three pending"]);
});

Deno.test("messages survive a reload, in their order and under their clientIds", async () => {
  const { sent, script, storage, tab } = browser();
  const before = tab();
  script.push({ type: "ack", seq: 1 }, "waits");
  before.resume();
  for (const body of ["one", "two", "three"]) before.add(body);
  await settled();
  const after = tab();
  expect(states(after)).toEqual(["two pending", "three pending"]);
  expect(after.entries.map((entry) => entry.clientId)).toEqual(["id2", "id3"]);
  after.resume();
  await settled();
  expect(sent).toEqual(["one", "two", "two", "three"]);
  expect(storage.tab().keys()).toEqual([]);
});

Deno.test("another account at the same browser does not get them", () => {
  const { tab } = browser();
  tab().add("mine");
  expect(tab("2" as UserId).entries).toEqual([]);
});

Deno.test("two tabs keep each other's messages, and what one has sent or discarded goes from the other", async () => {
  const { sent, storage, tab } = browser();
  const [one, two] = [tab(), tab()];
  one.add("from one");
  two.add("from two");
  expect(storage.tab().keys().length).toBe(2);
  const third = tab();
  expect(states(third)).toEqual(["from one pending", "from two pending"]);
  one.discard(one.entries[0]!.clientId);
  expect(states(third)).toEqual(["from two pending"]);
  two.resume();
  await settled();
  expect([sent, third.entries]).toEqual([["from two"], []]);
});

Deno.test("what a closed tab left behind goes out with the next connection", async () => {
  const { sent, tab } = browser();
  const [gone, open] = [tab(), tab()];
  gone.add("left behind");
  gone.close();
  open.resume();
  await settled();
  expect(sent).toEqual(["left behind"]);
});

Deno.test("a rate limit is waited out, the message still under way and the others behind it", async () => {
  const { clock, sent, script, tab } = browser();
  const outbox = tab();
  outbox.resume();
  script.push(refusal("RATE_LIMIT_EXCEEDED", 7));
  outbox.add("fast");
  outbox.add("next");
  await settled();
  expect(states(outbox)).toEqual(["fast sending", "next pending"]);
  clock.advance(6_999);
  await settled();
  expect(sent).toEqual(["fast"]);
  clock.advance(1);
  await settled();
  expect(sent).toEqual(["fast", "fast", "next"]);
});

Deno.test("what the server will never take fails with its words and holds up nothing", async () => {
  const { sent, script, tab } = browser();
  const outbox = tab();
  script.push(refusal("FORBIDDEN"), { type: "ack", seq: 2 });
  outbox.resume();
  outbox.add("not allowed");
  outbox.add("fine");
  await settled();
  expect(outbox.entries[0]).toMatchObject({
    state: "failed",
    reason: "words for FORBIDDEN",
    retryable: false,
  });
  expect(sent).toEqual(["not allowed", "fine"]);
  expect(states(tab())).toEqual(["not allowed failed"]);
});

Deno.test("a failed message goes again when it is retried and never when it is discarded", async () => {
  const { sent, script, storage, tab } = browser();
  const outbox = tab();
  outbox.resume();
  script.push(refusal("INTERNAL"), refusal("INTERNAL"));
  const [one, two] = [outbox.add("one"), outbox.add("two")];
  await settled();
  expect(outbox.entries.map((entry) => entry.retryable)).toEqual([true, true]);
  outbox.retry(one.clientId);
  outbox.discard(two.clientId);
  await settled();
  expect(sent).toEqual(["one", "two", "one"]);
  expect([states(outbox), storage.tab().keys()]).toEqual([["one sent"], []]);
});

for (const code of ["UNAVAILABLE", "TIMEOUT"] as const) {
  Deno.test(`after ${code} the message stays first in line and goes again by itself`, async () => {
    const { clock, sent, script, tab } = browser();
    const outbox = tab();
    outbox.resume();
    script.push(refusal(code), refusal(code));
    outbox.add("one");
    outbox.add("two");
    await settled();
    expect(states(outbox)).toEqual(["one pending", "two pending"]);
    clock.advance(2_000);
    await settled();
    clock.advance(4_000);
    await settled();
    expect(sent).toEqual(["one", "one", "one", "two"]);
  });
}

Deno.test("a lost connection leaves the message waiting until the room is joined again", async () => {
  const { clock, sent, script, tab } = browser();
  const outbox = tab();
  outbox.resume();
  script.push(refusal("DISCONNECTED", undefined, 1006));
  outbox.add("one");
  await settled();
  clock.advance(60_000);
  await settled();
  expect([sent, states(outbox)]).toEqual([["one"], ["one pending"]]);
  outbox.resume();
  await settled();
  expect(sent).toEqual(["one", "one"]);
});

Deno.test("an answer to a send from before a pause does not start a second line of sends", async () => {
  const { sent, script, tab } = browser();
  const outbox = tab();
  outbox.resume();
  script.push(refusal("DISCONNECTED"), "waits");
  outbox.add("one");
  outbox.add("two");
  outbox.pause();
  outbox.resume();
  await settled();
  expect([sent, states(outbox)]).toEqual([["one", "one"], ["one sending", "two pending"]]);
});

Deno.test("a message that costs the connection fails instead of costing the next one too", async () => {
  const { script, tab } = browser();
  const outbox = tab();
  outbox.resume();
  script.push(refusal("DISCONNECTED", undefined, CLOSE.tooBig));
  outbox.add("too big");
  await settled();
  expect(states(outbox)).toEqual(["too big failed"]);
});

Deno.test("what the room's log shows leaves the box and its storage", async () => {
  const { script, storage, tab } = browser();
  const outbox = tab();
  outbox.resume();
  script.push("waits");
  const entry = outbox.add("one");
  await settled();
  outbox.settle((other) => other.clientId === entry.clientId);
  expect([outbox.entries, storage.tab().keys()]).toEqual([[], []]);
});

Deno.test("storage that another build wrote or somebody edited is passed over", () => {
  const { storage, tab } = browser();
  storage.tab().set(`parley:outbox:${ME}:${ROOM}:x`, "{nonsense");
  storage.tab().set(`parley:outbox:${ME}:${ROOM}:y`, `{"clientId":1}`);
  expect(tab().entries).toEqual([]);
});

Deno.test("a sticker stays one when it waits over a reload", async () => {
  const { storage, clock, tab } = browser();
  tab().add("hello", undefined, [], "STICKER");
  const frames: unknown[] = [];
  const after = new Outbox({
    roomId: ROOM,
    store: new OutboxStore(storage.tab(), ME, ROOM),
    timers: clock,
    request: (frame) => {
      frames.push(frame);
      return Promise.resolve({ type: "ack", seq: 1 });
    },
  });
  const viewer: Viewer = { id: ME, name: "Me", tier: "guest", ageCategory: "_18PLUS", role: "USER" };
  const [shown] = new MessageViews(viewer).of({ room: { messages: [] } as never, outgoing: after.entries });
  expect(shown).toMatchObject({ kind: "STICKER", body: "hello" });
  after.resume();
  await settled();
  expect(frames).toMatchObject([{ kind: "STICKER", body: "hello" }]);
});
