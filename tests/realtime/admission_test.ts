import { expect } from "expect";
import { pino } from "pino";
import { systemClock } from "../../lib/clock.ts";
import { KvCommits } from "../../lib/kv_commits.ts";
import { Admission } from "../../lib/realtime/admission.ts";
import { Isolates } from "../../lib/realtime/isolates.ts";
import { until } from "../support/wait.ts";

Deno.test("places are counted while the isolate runs, and a socket that ends after it tells nobody", async () => {
  const kv = await Deno.openKv(":memory:");
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const quiet = () => {};
  const isolates = new Isolates({
    ...{ kv, log, clock: systemClock, countHere: () => new Map() },
    ...{ changed: quiet, came: quiet, returned: quiet },
  });
  const surroundings = { kv, log, isolates, isolateId: isolates.id, commits: new KvCommits(kv), factor: 1 };
  const admission = new Admission(surroundings);
  const counted = async () => (await kv.get(["sockets", "user:1", isolates.id])).value;

  const [leave, stay] = [await admission.admit("1", "::1"), await admission.admit("1", "::1")];
  await until("two places", async () => await counted() === 2 || undefined);
  leave();
  await until("one place", async () => await counted() === 1 || undefined);
  await admission.close();
  await isolates.close();
  kv.close();
  stay();
  admission.retell();
  // What would be told now would be told within this.
  await new Promise((done) => setTimeout(done, 50));
  expect(lines).toEqual([]);
});
