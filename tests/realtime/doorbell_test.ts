import { expect } from "expect";
import { pino } from "pino";
import { systemClock } from "../../lib/clock.ts";
import { createDoorbell, type Doorbell } from "../../lib/realtime/doorbell.ts";
import { until } from "../support/wait.ts";

/** Two doorbells on one store; `heard` is what the second one has heard. */
async function twoBells(
  act: (bells: { here: Doorbell; heard: Map<string, number> }) => Promise<void>,
  alone?: () => boolean,
): Promise<void> {
  const path = `${await Deno.makeTempDir({ prefix: "parley-bell-" })}/kv.sqlite`;
  const stores = [await Deno.openKv(path), await Deno.openKv(path)] as const;
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const here = createDoorbell(stores[0], systemClock, log, alone);
  const there = createDoorbell(stores[1], systemClock, log);
  const heard = new Map<string, number>();
  there.listen((rung) => rung.forEach((version, topic) => heard.set(topic, version)));
  await act({ here, heard });
  await Promise.all([here.close(), there.close()]);
  for (const store of stores) store.close();
  expect(lines).toEqual([]);
}

Deno.test("what was rung while there was much of it is all heard", async () => {
  await twoBells(async ({ here, heard }) => {
    // As after a while without KV. Boards hold them all, so that none depends on how soon it is read.
    const topics = Array.from({ length: 8_000 }, (_, index) => `room:10000000000000${index}`);
    for (const topic of topics) here.ring(topic, 7);
    await until("all that was rung", () => heard.size === topics.length);
    expect(new Set(heard.values())).toEqual(new Set([7]));
  });
});

Deno.test("whoever comes hears what was rung while nobody was there", async () => {
  let alone = true;
  await twoBells(async ({ here, heard }) => {
    here.ring("room:1", 3);
    here.ring("room:1", 5);
    alone = false;
    here.somebodyCame();
    await until("what was rung before", () => heard.size === 1);
    here.ring("room:2", 1);
    await until("what is rung since", () => heard.size === 2);
    expect(heard).toEqual(new Map([["room:1", 5], ["room:2", 1]]));
  }, () => alone);
});
