import { expect } from "expect";
import { KvCommits } from "../../lib/kv_commits.ts";

async function withKv(act: (kv: Deno.Kv, commits: KvCommits) => Promise<void>): Promise<void> {
  using kv = await Deno.openKv(":memory:");
  await act(kv, new KvCommits(kv));
}

async function valuesUnder(kv: Deno.Kv, prefix: string): Promise<unknown[]> {
  return (await Array.fromAsync(kv.list({ prefix: [prefix] }))).map(({ value }) => value);
}

Deno.test("many large values are kept when they are written at once", async () => {
  await withKv(async (kv, commits) => {
    // More than one atomic operation holds.
    const people = "x".repeat(20_000);
    await Promise.all(Array.from({ length: 100 }, (_, room) => commits.set(["here", room], people)));
    expect(await valuesUnder(kv, "here")).toEqual(Array.from({ length: 100 }, () => people));
  });
});

Deno.test("writes of one key happen in the order in which they were asked for", async () => {
  await withKv(async (kv, commits) => {
    const asked = Array.from({ length: 200 }, (_, count) => commits.set(["count"], count));
    await Promise.all([
      ...asked,
      commits.delete(["gone"]),
      commits.set(["gone"], 1),
      commits.delete(["gone"]),
    ]);
    expect((await kv.get(["count"])).value).toBe(199);
    expect((await kv.get(["gone"])).value).toBeNull();
  });
});

Deno.test("one of many takes what all have read, and nothing else fails for the others", async () => {
  await withKv(async (kv, commits) => {
    await kv.set(["ticket"], "one");
    const entry = await kv.get(["ticket"]);
    const [writes, takes] = [[] as Promise<void>[], [] as Promise<boolean>[]];
    for (let index = 0; index < 40; index++) {
      takes.push(commits.take(entry));
      writes.push(commits.set(["other", index], index));
    }
    await Promise.all(writes);
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1);
    expect(await valuesUnder(kv, "other")).toHaveLength(40);
    expect((await kv.get(["ticket"])).value).toBeNull();
  });
});
