/** `lib/kv_deadline.ts` on a real denokv, which is stopped and woken. */
import { expect } from "expect";
import { type Logger, pino } from "pino";
import { withDeadline } from "../../lib/kv_deadline.ts";
import { kvServerTest, startDenokv } from "../support/denokv.ts";
import { before, until } from "../support/wait.ts";

const PATIENCE = 300;
const UNAVAILABLE = { code: "UNAVAILABLE", status: 503 };

async function openKv() {
  const server = await startDenokv();
  Deno.env.set("DENO_KV_ACCESS_TOKEN", server.token);
  const silent: Logger = pino({ level: "silent" });
  const kv = withDeadline(await Deno.openKv(server.url), silent, PATIENCE);
  return {
    kv,
    server,
    async [Symbol.asyncDispose]() {
      kv.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

kvServerTest(
  "every operation is refused when the KV server is silent, and done again when it speaks",
  async () => {
    await using opened = await openKv();
    const { kv, server } = opened;
    const operations: Record<string, () => Promise<unknown>> = {
      get: () => kv.get(["a"]),
      getMany: () => kv.getMany([["a"], ["b"]]),
      set: () => kv.set(["a"], 1),
      delete: () => kv.delete(["b"]),
      list: () => Array.fromAsync(kv.list({ prefix: [] })),
      commit: () => kv.atomic().set(["c"], 1).commit(),
    };
    for (const [name, operation] of Object.entries(operations)) {
      await operation();
      await server.hang();
      const late = before(operation(), `${name}: an answer`);
      await expect(late).rejects.toMatchObject(UNAVAILABLE);
      // What follows a late one is not sent at all.
      await expect(operation()).rejects.toMatchObject(UNAVAILABLE);
      server.wake();
      await until(`${name} again`, async () => (await operation(), true));
    }
  },
);

kvServerTest("what was given up is not overtaken when something newer is written", async () => {
  await using opened = await openKv();
  const { kv, server } = opened;
  await kv.set(["a"], "first");
  await server.hang();
  await expect(kv.set(["a"], "given up")).rejects.toMatchObject(UNAVAILABLE);
  await expect(kv.set(["a"], "refused")).rejects.toMatchObject(UNAVAILABLE);
  server.wake();
  await until("the newest", async () => (await kv.set(["a"], "newest"), true));
  expect((await kv.get(["a"])).value).toBe("newest");
});

kvServerTest("a watch ends when the server was away, and one begun anew hears", async () => {
  await using opened = await openKv();
  const { kv, server } = opened;
  const first = kv.watch([["a"]]).getReader();
  await first.read();
  const end = first.read();
  await server.hang();
  await expect(kv.get(["a"])).rejects.toMatchObject(UNAVAILABLE);
  server.wake();
  await expect(before(end, "the end of the watch")).rejects.toThrow("away");
  const second = kv.watch<[number]>([["a"]]).getReader();
  await second.read();
  await kv.set(["a"], 2);
  const { value } = await before(second.read(), "word");
  expect(value?.[0].value).toBe(2);
  await second.cancel();
});
