import { expect } from "expect";
import { removeOldPushes } from "../../lib/notifications/stale.ts";
import { DEVICES_MAX } from "../../lib/protocol/forms/notifications.ts";
import { ask } from "../rooms/slug.ts";
import { dataOf, refusal } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { houseForFile, type Person, roomWith, subscribe } from "./house.ts";

const house = houseForFile();

async function pair() {
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const room = await roomWith(house().parley.node, ann, ben);
  const call = async () => {
    const seq = await house().say(ann, room.id, `hi @${ben.user.username}`);
    await house().told(room.id, seq);
  };
  return { ann, ben, room, call };
}

const sqlOf = () => house().parley.database.sql;

async function devices({ user }: Person): Promise<{ failures: number; last_ok_at: Date | null }[]> {
  return await sqlOf()`select failures, last_ok_at from push_subscriptions where user_id = ${user.id}`;
}

/** The push job of this person, once it looks so. */
function pushJob({ user }: Person, state: string, attempts: number) {
  return until(`a push that is ${state}`, async () => {
    const [row] = await sqlOf()`
      select state, attempts, run_at, last_error from jobs
      where kind = 'send-push' and user_id = ${user.id} order by created_at desc limit 1`;
    return row?.state === state && row.attempts === attempts && row;
  });
}

for (const status of [404, 410]) {
  Deno.test(`a subscription is forgotten when its service answers ${status}`, async () => {
    const { ben, call } = await pair();
    const phone = await subscribe(house().parley.node, house().service, ben);
    ben.browser.answers.push({ status });
    await call();
    expect([await devices(ben), phone.received.length]).toMatchObject([{ length: 1 }, 1]);
    await call();
    expect([ben.browser.requests, phone.received.length]).toEqual([1, 2]);
  });
}

Deno.test("a push waits as long as the service asks when it is too busy, and is then told", async () => {
  const { ben, call } = await pair();
  ben.browser.answers.push({ status: 429, headers: { "retry-after": "120" } });
  const asked = house().clock();
  await call();
  const job = await pushJob(ben, "waiting", 1);
  expect(job.run_at.getTime() - asked).toBeGreaterThanOrEqual(120_000);
  expect(job.last_error).toBe("The push service did not take the message: 429");
  expect(await devices(ben)).toMatchObject([{ failures: 1, last_ok_at: null }]);
  house().clock.advance(130_000);
  await pushJob(ben, "done", 2);
  expect(ben.browser.titles).toEqual(["Book club"]);
  expect(await devices(ben)).toMatchObject([{ failures: 0, last_ok_at: expect.any(Date) }]);
});

Deno.test("a push is tried again when the service is broken or does not answer as one", async () => {
  const { ben, call } = await pair();
  ben.browser.answers.push({ status: 503 }, { status: 302, headers: { location: "http://127.0.0.1:1/" } });
  await call();
  await pushJob(ben, "waiting", 1);
  house().clock.advance(60_000);
  await pushJob(ben, "waiting", 2);
  house().clock.advance(60_000);
  await pushJob(ben, "done", 3);
  expect([ben.browser.titles, ben.browser.requests]).toEqual([["Book club"], 3]);
});

Deno.test("a push that waited is not told when it was read meanwhile, or is an hour old", async () => {
  const { ben, room, call } = await pair();
  ben.browser.answers.push({ status: 503 });
  await call();
  await pushJob(ben, "waiting", 1);
  await sqlOf()`
    insert into read_pointers (user_id, room_id, seq) select ${ben.user.id}, id, head_seq from rooms where id = ${room.id}`;
  house().clock.advance(60_000);
  await pushJob(ben, "done", 2);
  expect(ben.browser.requests).toBe(1);
  ben.browser.answers.push({ status: 503, headers: { "retry-after": "3600" } });
  await call();
  await pushJob(ben, "waiting", 1);
  house().clock.advance(3_700_000);
  await pushJob(ben, "done", 2);
  expect([ben.browser.requests, ben.browser.titles]).toEqual([2, []]);
});

Deno.test("a push is given up at once when the service will never take it", async () => {
  const { ben, call } = await pair();
  house().parley.expectErrors(/a job failed for good/);
  ben.browser.answers.push({ status: 413 });
  await call();
  await pushJob(ben, "failed", 1);
  expect(await devices(ben)).toMatchObject([{ failures: 1 }]);
});

Deno.test("one device that fails keeps nothing from the others", async () => {
  const { ben, call } = await pair();
  const phone = await subscribe(house().parley.node, house().service, ben);
  ben.browser.answers.push({ status: 500 });
  await call();
  await until("the phone to be told", () => phone.received.length === 1);
  house().clock.advance(60_000);
  await until("the other to be told", () => ben.browser.received.length === 1);
  expect(phone.requests).toBe(1);
});

Deno.test("pushes that have ended are forgotten within the hour, and those that wait are not", async () => {
  const { ben, call } = await pair();
  await call();
  await pushJob(ben, "done", 1);
  ben.browser.answers.push({ status: 503, headers: { "retry-after": "3600" } });
  await call();
  await pushJob(ben, "waiting", 1);
  const left = () => sqlOf()`select state from jobs where kind = 'send-push' and user_id = ${ben.user.id}`;
  const { services } = house().parley.node;
  await removeOldPushes(services);
  expect(await left()).toHaveLength(2);
  const later = { ...services, clock: () => house().clock() + 3_600_000 };
  await removeOldPushes(later);
  expect(await left()).toMatchObject([{ state: "waiting" }]);
});

Deno.test("an eleventh device is refused until one of the ten goes", async () => {
  const { node } = house().parley;
  const ben = await house().person("Ben");
  for (let count = 1; count < DEVICES_MAX; count++) await subscribe(node, house().service, ben);
  const { subscription } = await house().service.browser();
  const add = () => ask(node, ben, "POST", "/api/notifications/subscriptions", subscription);
  await refusal(await add(), 403, "FORBIDDEN");
  const remove = (body: Record<string, unknown>) =>
    ask(node, ben, "DELETE", "/api/notifications/subscriptions", body);
  await dataOf(await remove({ endpoint: ben.browser.endpoint }));
  const { id } = await dataOf<{ id: string }>(await add());
  // The same browser again is not one more.
  await dataOf(await add());
  expect(await devices(ben)).toHaveLength(DEVICES_MAX);
  // Its former row went with it; somebody else's is nobody's to take away.
  await dataOf(await remove({ id }));
  expect(await devices(ben)).toHaveLength(DEVICES_MAX);
});
