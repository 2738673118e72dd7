import { expect } from "expect";
import { takeJobs } from "../../db/queries/jobs.ts";
import { createGuest } from "../../db/queries/users.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { DeliveryError } from "../../lib/adapters/delivery.ts";
import { createJobQueue } from "../../lib/jobs/create.ts";
import type { Mail } from "../../lib/jobs/queue.ts";
import { LEASE, TRIES } from "../../lib/jobs/run.ts";
import { before, until } from "../support/wait.ts";
import { workshop } from "./workers.ts";

const MAIL: Mail = { to: "zoe@example.org", subject: "Your code", text: "483920 — Grüße 🏮" };

type Workshop = Awaited<ReturnType<typeof workshop>>;

async function rowOf({ sql }: Workshop, id: string) {
  const [row] = await sql`select * from jobs where id = ${id}`;
  return row!;
}

const ended = (shop: Workshop, id: string, state = "done") =>
  until(`job ${state}`, async () => {
    const row = await rowOf(shop, id);
    return row.state === state && row;
  });

Deno.test("a job is done, with exactly its payload, when it is put in on the same isolate", async () => {
  await using shop = await workshop();
  const got = Promise.withResolvers<Mail>();
  const { jobs } = await shop.isolate({ "send-mail": (_, mail) => Promise.resolve(got.resolve(mail)) });
  const id = await jobs.enqueue("send-mail", MAIL);
  expect(await before(got.promise, "the job")).toEqual(MAIL);
  const row = await ended(shop, id);
  expect(row).toMatchObject({ attempts: 1, progress: 100, payload_sealed: new Uint8Array() });
});

Deno.test("a job that was put in for later waits for its time", async () => {
  await using shop = await workshop();
  const sent: string[] = [];
  const { jobs } = await shop.isolate({
    "send-mail": (_, { text }) => Promise.resolve(void sent.push(text)),
  });
  const runAt = new Date(shop.clock() + 60_000);
  const id = await jobs.enqueue("send-mail", { ...MAIL, text: "later" }, { runAt });
  await ended(shop, await jobs.enqueue("send-mail", { ...MAIL, text: "now" }));
  expect([sent, (await rowOf(shop, id)).state]).toEqual([["now"], "waiting"]);
  shop.clock.advance(60_000);
  await ended(shop, id);
  expect(sent).toEqual(["now", "later"]);
});

Deno.test("what must be gone in time does not wait behind long jobs", async () => {
  await using shop = await workshop();
  const go = Promise.withResolvers<void>();
  const { jobs } = await shop.isolate({ "export-data": () => go.promise });
  const guest = await createGuest(shop.sql, {
    name: "Zoe",
    ageCategory: "_18PLUS",
    expiresAt: new Date(Date.now() + 1e6),
  });
  for (let count = 0; count < 5; count++) await jobs.enqueue("export-data", { userId: guest.id });
  await ended(shop, await jobs.enqueue("purge-room", { roomId: "1" as RoomId }));
  go.resolve();
});

Deno.test("a payload cannot be read in the database while its job waits", async () => {
  await using shop = await workshop();
  const jobs = createJobQueue(shop.sql, shop.vault, shop.clock);
  const row = await rowOf(shop, await jobs.enqueue("send-mail", MAIL));
  const bytes = new TextDecoder("latin1").decode(row.payload_sealed);
  expect(row).toMatchObject({ state: "waiting", attempts: 0, progress: 0 });
  for (const word of ["483920", "zoe"]) expect(bytes).not.toContain(word);
});

Deno.test("a job belongs to its transaction: rolled back it never was", async () => {
  await using shop = await workshop();
  const jobs = createJobQueue(shop.sql, shop.vault, shop.clock);
  const failing = shop.sql.begin(async (sql) => {
    await jobs.enqueue("send-mail", MAIL, { sql });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await shop.sql`select 1 from jobs`).toHaveLength(0);
});

Deno.test("each job is done once when many wait and several isolates work", async () => {
  await using shop = await workshop();
  const done: string[] = [];
  const jobs = createJobQueue(shop.sql, shop.vault, shop.clock);
  const texts = Array.from({ length: 60 }, (_, index) => `message ${index}`);
  await Promise.all(texts.map((text) => jobs.enqueue("send-mail", { ...MAIL, text })));
  for (let count = 0; count < 3; count++) {
    await shop.isolate({ "send-mail": (_, { text }) => Promise.resolve(void done.push(text)) });
  }
  await until("all done", async () => {
    const rows = await shop.sql`select 1 from jobs where kind = 'send-mail' and state <> 'done'`;
    return rows.length === 0;
  });
  expect(done.toSorted()).toEqual(texts.toSorted());
});

Deno.test("a job is tried again, with growing waits, when it fails", async () => {
  await using shop = await workshop();
  let tries = 0;
  const { jobs } = await shop.isolate({
    "send-mail": () => ++tries < 4 ? Promise.reject(new Error(`cannot reach ${MAIL.to}`)) : Promise.resolve(),
  });
  const id = await jobs.enqueue("send-mail", MAIL);
  const waits: number[] = [];
  for (let failures = 1; failures <= 3; failures++) {
    const row = await until(`failure ${failures}`, async () => {
      const row = await rowOf(shop, id);
      return row.state === "waiting" && row.attempts === failures && row;
    });
    waits.push(row.run_at.getTime() - shop.clock());
    expect(row.last_error).toBe("Error");
    shop.clock.advance(60_000);
  }
  await ended(shop, id);
  expect(tries).toBe(4);
  // 1, 2 and 4 s give or take a fifth, less what has passed since.
  for (const [index, wait] of waits.entries()) expect(wait).toBeLessThanOrEqual(1_200 * 2 ** index);
  expect(waits[2]).toBeGreaterThan(waits[0]!);
  expect(shop.log.join()).not.toContain(MAIL.to);
});

Deno.test("a job is given up when it has failed too often, and its payload with it", async () => {
  await using shop = await workshop();
  const { jobs } = await shop.isolate({
    "send-mail": () => Promise.reject(new DeliveryError("Resend", 500)),
  });
  const id = await jobs.enqueue("send-mail", MAIL);
  const row = await until("the end of tries", async () => {
    shop.clock.advance(20 * 60_000);
    const row = await rowOf(shop, id);
    return row.state === "failed" && row;
  }, 30_000);
  expect(row).toMatchObject({ attempts: TRIES, last_error: expect.stringContaining("500") });
  expect(row.payload_sealed).toHaveLength(0);
});

Deno.test("a job is given up at once when the provider will never take it", async () => {
  await using shop = await workshop();
  const hopeless = new DeliveryError("Twilio", 21211, { hopeless: true });
  const { jobs } = await shop.isolate({ "send-sms": () => Promise.reject(hopeless) });
  const row = await ended(shop, await jobs.enqueue("send-sms", { to: "+12025550123", text: "hi" }), "failed");
  expect(row.attempts).toBe(1);
});

Deno.test("a job is done by another worker, with exactly its payload, when the one that held it has died", async () => {
  await using shop = await workshop();
  const jobs = createJobQueue(shop.sql, shop.vault, shop.clock);
  const id = await jobs.enqueue("send-mail", MAIL);
  // What a worker does first, and a dead one last.
  const now = shop.clock();
  const hold = { kinds: ["send-mail"], limit: 9, now: new Date(now), lockedUntil: new Date(now + LEASE) };
  expect(await takeJobs(shop.sql, hold)).toMatchObject([{ id, attempts: 1 }]);
  const got: Mail[] = [];
  await shop.isolate({ "send-mail": (_, mail) => Promise.resolve(void got.push(mail)) });
  const later = await jobs.enqueue("send-mail", { ...MAIL, text: "another" });
  await ended(shop, later);
  expect(got.map(({ text }) => text)).toEqual(["another"]);
  shop.clock.advance(LEASE + 1);
  expect(await ended(shop, id)).toMatchObject({ attempts: 2 });
  expect(got[1]).toEqual(MAIL);
});

Deno.test("a worker that lost its job to another one says nothing more about it, and is told to stop", async () => {
  await using shop = await workshop();
  const first = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  const { jobs } = await shop.isolate({
    "export-data": async (work) => {
      first.resolve();
      await until("the signal", async () => {
        await work.progress(50);
        return work.signal.aborted;
      });
      told.resolve();
      return { by: "first" };
    },
  });
  const guest = await createGuest(shop.sql, {
    name: "Zoe",
    ageCategory: "_18PLUS",
    expiresAt: new Date(Date.now() + 1e6),
  });
  const id = await jobs.enqueue("export-data", { userId: guest.id }, { userId: guest.id });
  await before(first.promise, "the first worker");
  const due = new Date(shop.clock() + LEASE * 2);
  const lockedUntil = new Date(due.getTime() + LEASE);
  // A row that the first one is just writing its progress to is passed over.
  await until(
    "the second worker to have it",
    async () =>
      (await takeJobs(shop.sql, { kinds: ["export-data"], limit: 1, now: due, lockedUntil })).length === 1,
  );
  await before(told.promise, "the first worker's end");
  expect(await rowOf(shop, id)).toMatchObject({ state: "running", attempts: 2, result: null });
});

Deno.test("progress and result can be seen by whoever asked for the job, and by nobody else", async () => {
  await using shop = await workshop();
  const half = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const { jobs } = await shop.isolate({
    "export-data": async ({ progress }) => {
      await progress(50.7);
      half.resolve();
      await go.promise;
      return { size: 7 };
    },
  });
  const expiresAt = new Date(Date.now() + 1e6);
  const [zoe, eve] = [
    await createGuest(shop.sql, { name: "Zoe", ageCategory: "_18PLUS", expiresAt }),
    await createGuest(shop.sql, { name: "Eve", ageCategory: "_18PLUS", expiresAt }),
  ];
  const id = await jobs.enqueue("export-data", { userId: zoe.id }, { userId: zoe.id });
  await before(half.promise, "half of the job");
  expect(await jobs.ofUser(zoe.id, "export-data")).toMatchObject([{
    id,
    state: "running",
    progress: 50,
    result: null,
  }]);
  go.resolve();
  await ended(shop, id);
  expect(await jobs.ofUser(zoe.id, "export-data")).toMatchObject([{
    state: "done",
    progress: 100,
    result: { size: 7 },
  }]);
  expect(await jobs.ofUser(eve.id, "export-data")).toEqual([]);
});

Deno.test("messages go out while long jobs keep their workers busy", async () => {
  await using shop = await workshop();
  const go = Promise.withResolvers<void>();
  const { jobs } = await shop.isolate({ "erase-account": () => go.promise });
  const guest = await createGuest(shop.sql, {
    name: "Zoe",
    ageCategory: "_18PLUS",
    expiresAt: new Date(Date.now() + 1e6),
  });
  for (let count = 0; count < 5; count++) await jobs.enqueue("erase-account", { userId: guest.id });
  await ended(shop, await jobs.enqueue("send-mail", MAIL));
  go.resolve();
});

Deno.test("a worker waits for the message in hand and lets go of a long job when its isolate ends", async () => {
  await using shop = await workshop();
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const sent = Promise.withResolvers<void>();
  const { jobs, worker } = await shop.isolate({
    "send-mail": () => (begun[0].resolve(), sent.promise),
    "erase-account": ({ signal }) => {
      begun[1].resolve();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
  });
  const mail = await jobs.enqueue("send-mail", MAIL);
  const guest = await createGuest(shop.sql, {
    name: "Zoe",
    ageCategory: "_18PLUS",
    expiresAt: new Date(Date.now() + 1e6),
  });
  const erasure = await jobs.enqueue("erase-account", { userId: guest.id });
  await before(Promise.all(begun.map(({ promise }) => promise)), "both jobs");
  const stopped = worker.stop();
  sent.resolve();
  await stopped;
  expect(await rowOf(shop, mail)).toMatchObject({ state: "done" });
  expect(await rowOf(shop, erasure)).toMatchObject({ state: "waiting", attempts: 0, locked_until: null });
});

Deno.test("one isolate cleans up, and somebody does again ten minutes later", async () => {
  await using shop = await workshop();
  let cleaned = 0;
  const kinds = { "clean-up": () => Promise.resolve(void cleaned++) };
  await Promise.all([shop.isolate(kinds), shop.isolate(kinds), shop.isolate(kinds)]);
  await until("a first clean-up", () => cleaned === 1);
  shop.clock.advance(9 * 60_000);
  const { jobs } = await shop.isolate(kinds);
  await ended(shop, await jobs.enqueue("send-mail", MAIL));
  expect(cleaned).toBe(1);
  shop.clock.advance(2 * 60_000);
  await until("a second clean-up", () => cleaned === 2);
  expect(await shop.sql`select 1 from jobs where kind = 'clean-up'`).toHaveLength(1);
});
