/** Processor time, of a contestant and of what it makes others do. */
import type { Field } from "./contestants.ts";
import { familyTime, processorTime } from "./processes.ts";

/** Milliseconds of processor time. */
export interface Usage {
  server: number;
  postgres: number;
  redis: number;
  /** The load generator's, and the time that went by, all of which it could have used. */
  generator: number;
  elapsed: number;
}

/** Begins to watch. @returns what was used since then, at each call */
export function watchUsage(pid: number, { postgres, redis }: Field): () => Usage {
  const look = (): Usage => ({
    server: processorTime(pid),
    postgres: familyTime(postgres),
    redis: familyTime(redis),
    generator: processorTime(Deno.pid),
    elapsed: performance.now(),
  });
  const before = look();
  return () => {
    const now = look();
    return {
      server: now.server - before.server,
      postgres: now.postgres - before.postgres,
      redis: now.redis - before.redis,
      generator: now.generator - before.generator,
      elapsed: now.elapsed - before.elapsed,
    };
  };
}
