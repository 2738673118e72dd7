import { expect } from "expect";
import { Backoff } from "../../lib/client/backoff.ts";
import { keepCounting, LOOK_EVERY } from "../../lib/client/live_counts.ts";
import { HandClock, HandPage, settled } from "./support.ts";

function setup() {
  const timers = new HandClock();
  const page = new HandPage();
  const world = { looks: 0, broken: false, answer: Promise.resolve() };
  const stop = keepCounting({
    async refresh() {
      world.looks++;
      await world.answer;
      if (world.broken) throw new Error("no answer");
    },
    page,
    timers,
    // Always the longest wait that it would draw.
    backoff: new Backoff(() => 1, 10_000, 60_000),
  });
  const pass = async (ms: number) => {
    timers.advance(ms);
    await settled();
  };
  return { timers, page, world, stop, pass };
}

Deno.test("the numbers are looked at every ten seconds while the page is on the screen", async () => {
  const { world, pass } = setup();
  await pass(LOOK_EVERY - 1);
  expect(world.looks).toBe(0);
  await pass(1);
  expect(world.looks).toBe(1);
  for (let look = 2; look <= 5; look++) {
    await pass(LOOK_EVERY);
    expect(world.looks).toBe(look);
  }
});

Deno.test("nobody looks while the page is hidden, and at once when it comes back", async () => {
  const { world, page, pass, timers } = setup();
  await pass(LOOK_EVERY);
  page.change("hidden");
  await pass(10 * LOOK_EVERY);
  expect([world.looks, timers.waits]).toEqual([1, []]);
  page.change("online");
  expect(timers.waits).toEqual([]);
  page.change("awake");
  await pass(0);
  expect(world.looks).toBe(2);
});

Deno.test("a page that comes and goes looks no oftener than one that stays", async () => {
  const { world, page, pass } = setup();
  for (let second = 0; second < 60; second++) {
    page.change("hidden");
    page.change("awake");
    await pass(1000);
  }
  expect(world.looks).toBe(6);
});

Deno.test("one look is waited for before the next when the server is slow", async () => {
  const { world, page, pass } = setup();
  const { promise, resolve } = Promise.withResolvers<void>();
  world.answer = promise;
  await pass(LOOK_EVERY);
  page.change("hidden");
  page.change("awake");
  await pass(10 * LOOK_EVERY);
  expect(world.looks).toBe(1);
  resolve();
  await settled();
  await pass(LOOK_EVERY);
  expect(world.looks).toBe(2);
});

Deno.test("waits grow while the server does not answer, and end when it does", async () => {
  const { world, timers, pass } = setup();
  world.broken = true;
  await pass(LOOK_EVERY);
  const waits = [];
  for (let look = 0; look < 4; look++) {
    waits.push(timers.waits[0]!);
    await pass(timers.waits[0]!);
  }
  expect(waits).toEqual([20_000, 30_000, 50_000, 70_000]);
  world.broken = false;
  await pass(timers.waits[0]!);
  expect(timers.waits).toEqual([LOOK_EVERY]);
});

Deno.test("nothing waits any more when it is stopped, even in the middle of a look", async () => {
  const { timers, world, stop, pass, page } = setup();
  const { promise, resolve } = Promise.withResolvers<void>();
  world.answer = promise;
  await pass(LOOK_EVERY);
  stop();
  resolve();
  await settled();
  page.change("awake");
  expect([timers.waits, world.looks]).toEqual([[], 1]);
});
