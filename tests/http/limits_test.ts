import { expect } from "expect";
import { movableClock, parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { guest, refusal, roomOf, Visitor } from "../support/visitor.ts";

const clock = movableClock();
const parley = parleyForFile({ nodes: 2, clock, env: { LIMITS_FACTOR: "1" } });

Deno.test("the 61st call of a minute is told to wait, and is let through when it has waited", async () => {
  const { node } = parley();
  const who = await guest(node);
  const call = () => who.fetch("/api/auth/me");
  const statuses = [];
  for (let index = 0; index < 60; index++) {
    const response = await call();
    await response.body?.cancel();
    statuses.push(response.status);
  }
  expect(new Set(statuses)).toEqual(new Set([200]));
  const response = await call();
  const { retryAfter } = await refusal(response, 429, "RATE_LIMIT_EXCEEDED");
  expect(response.headers.get("retry-after")).toBe(String(retryAfter));
  clock.advance(retryAfter! * 1000);
  const again = await call();
  await again.body?.cancel();
  expect(again.status).toBe(200);
});

Deno.test("a guest's messages are counted over all nodes when they come from several", async () => {
  const [here, there] = parley().nodes;
  const who = await guest(here!);
  const { id: roomId } = await roomOf(here!);
  const first = await connect(here!, who);
  for (let index = 0; index < 10; index++) await first.say(roomId, `Line ${index}`);
  await here!.services.limits.settled();
  const second = await connect(there!, who);
  const frame = { type: "send_message", roomId, clientId: "eleven", body: "Line 11" } as const;
  expect(await second.refused(frame)).toMatchObject({ code: "RATE_LIMIT_EXCEEDED" });
  clock.advance(6_000);
  await second.done(frame);
  // The first node has not heard of that one and may let one more through; then it has.
  await there!.services.limits.settled();
  await first.request({ ...frame, clientId: "twelve" });
  await here!.services.limits.settled();
  expect(await first.refused({ ...frame, clientId: "thirteen" })).toMatchObject({
    code: "RATE_LIMIT_EXCEEDED",
  });
  for (const socket of [first, second]) await socket.close();
});

Deno.test("nobody is locked out when a clock was ahead of the one that counts now", async () => {
  const [ahead, here] = parley().nodes;
  const hour = 3_600_000;
  clock.advance(hour);
  const who = await guest(ahead!);
  const { id: roomId } = await roomOf(ahead!);
  const socket = await connect(ahead!, who);
  for (let index = 0; index < 9; index++) await socket.say(roomId, `Line ${index}`);
  await ahead!.services.limits.settled();
  clock.advance(-hour);
  const second = await connect(here!, who);
  await second.say(roomId, "The tenth");
  // What was said counts all the same.
  const frame = { type: "send_message", roomId, clientId: "eleven", body: "Line 11" } as const;
  expect(await second.refused(frame)).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", retryAfter: 6 });
  for (const open of [socket, second]) await open.close();
});

Deno.test("one guest's limit is nobody else's when both speak from one address", async () => {
  const { node } = parley();
  const { id: roomId } = await roomOf(node);
  const [ann, ben] = [await connect(node, await guest(node)), await connect(node, await guest(node))];
  for (let index = 0; index < 10; index++) await ann.say(roomId, `Line ${index}`);
  await ann.refused({ type: "send_message", roomId, clientId: "eleven", body: "Line 11" });
  await ben.say(roomId, "I have said nothing yet");
  for (const socket of [ann, ben]) await socket.close();
});

Deno.test("the 101st form of nobody within a quarter of an hour is refused in words", async () => {
  const { node } = parley();
  const visitor = new Visitor(node);
  const { text } = await visitor.get("/guest");
  const csrf = /name="csrf" value="([^"]+)"/.exec(text)![1]!;
  const statuses = new Set<number>();
  for (let index = 0; index < 100; index++) {
    const response = await visitor.submit("/guest", { csrf, ageCategory: "none" });
    await response.body?.cancel();
    statuses.add(response.status);
  }
  expect(statuses).toEqual(new Set([400]));
  const response = await visitor.submit("/guest", { csrf, ageCategory: "none" });
  expect(response.status).toBe(429);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await response.text()).toContain("Try again in a moment");
});
