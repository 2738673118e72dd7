import { expect } from "expect";
import { pino } from "pino";
import { systemClock } from "../../lib/clock.ts";
import { createDoorbell } from "../../lib/realtime/doorbell.ts";
import { until } from "../support/wait.ts";

Deno.test("what was rung while there was much of it is all heard", async () => {
  const path = `${await Deno.makeTempDir({ prefix: "parley-bell-" })}/kv.sqlite`;
  const [here, there] = [await Deno.openKv(path), await Deno.openKv(path)];
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const [ringing, hearing] = [
    createDoorbell(here, systemClock, log),
    createDoorbell(there, systemClock, log),
  ];
  const heard = new Map<string, number>();
  hearing.listen((rung) => rung.forEach((version, topic) => heard.set(topic, version)));
  // As after a while without KV. Boards hold them all, so that none depends on how soon it is read.
  const topics = Array.from({ length: 8_000 }, (_, index) => `room:10000000000000${index}`);
  for (const topic of topics) ringing.ring(topic, 7);
  await until("all that was rung", () => heard.size === topics.length);
  expect(new Set(heard.values())).toEqual(new Set([7]));
  await Promise.all([ringing.close(), hearing.close()]);
  here.close();
  there.close();
  expect(lines).toEqual([]);
});
