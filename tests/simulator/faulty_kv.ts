import { KV_DELAY, type KvHealth } from "./controls.ts";

/** A real KV whose calls are slow, fail or go unheard while `health` says so. */
export function faultyKv(kv: Deno.Kv, health: () => KvHealth): Deno.Kv {
  async function gate(): Promise<void> {
    const now = health();
    if (now === "away") throw new Error("KV is away (the simulator says so)");
    if (now === "slow") await new Promise((done) => setTimeout(done, Math.random() * KV_DELAY));
  }
  function gated<Args extends unknown[], Result>(operation: (...args: Args) => Promise<Result>) {
    return async (...args: Args): Promise<Result> => {
      await gate();
      return await operation(...args);
    };
  }

  // Own properties hide these, which must be called on the real thing.
  const { get, getMany, set, delete: remove, list, atomic, watch } = kv;
  return Object.assign(kv, {
    get: gated(get.bind(kv)),
    getMany: gated(getMany.bind(kv)),
    set: gated(set.bind(kv)),
    delete: gated(remove.bind(kv)),
    list: (...args: Parameters<typeof list>) => listed(list.apply(kv, args), gate),
    atomic() {
      const operation = atomic.call(kv);
      return Object.assign(operation, {
        commit: gated(operation.commit.bind(operation)),
      });
    },
    watch: (...args: Parameters<typeof watch>) => heard(watch.apply(kv, args), health),
  }) as Deno.Kv;
}

function listed<Value>(
  found: Deno.KvListIterator<Value>,
  gate: () => Promise<void>,
): Deno.KvListIterator<Value> {
  const next = found.next.bind(found);
  return Object.assign(found, {
    async next() {
      await gate();
      return await next();
    },
  });
}

/** Loses what it should tell while nobody hears; the next change is told again, as a real watch would do. */
function heard<Value>(told: ReadableStream<Value>, health: () => KvHealth): ReadableStream<Value> {
  return told.pipeThrough(
    new TransformStream<Value, Value>({
      transform(value, controller) {
        if (health() !== "deaf") controller.enqueue(value);
      },
    }),
  );
}
