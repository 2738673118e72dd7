import { anyone } from "../lib/http/guards.ts";
import type { Services } from "../lib/services.ts";

/** Milliseconds a part may take to answer. */
const PATIENCE = 2_000;

export const handlers = {
  /** `{status, uptime, version, postgres, kv, connections}`; 503 when a part is away. `uptime` in seconds. */
  GET: anyone(async ({ state: { services } }) => {
    const [postgres, kv] = await Promise.all([
      reachable(() => services.sql`select 1`),
      reachable(() => services.kv.get(["health"])),
    ]);
    const healthy = postgres && kv;
    return Response.json({ status: healthy ? "ok" : "degraded", ...about(services), postgres, kv }, {
      status: healthy ? 200 : 503,
      headers: { "cache-control": "no-store" },
    });
  }),
};

function about({ build, startedAt, clock, realtime }: Services) {
  const uptime = Math.round((clock() - startedAt) / 1000);
  return { uptime, version: build, isolate: realtime.isolateId, connections: realtime.connections() };
}

async function reachable(ask: () => PromiseLike<unknown>): Promise<boolean> {
  const timeout = new Promise<boolean>((done) => setTimeout(() => done(false), PATIENCE));
  return await Promise.race([Promise.resolve(ask()).then(() => true, () => false), timeout]);
}
