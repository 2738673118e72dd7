/** bcrypt where it does not hold the event loop: the native addon's own threads, or else a worker. */
export interface Bcrypt {
  hash(text: string, cost: number): Promise<string>;
  compare(text: string, hash: string): Promise<boolean>;
  close(): void;
}

/** What is asked of the worker, and its answer. */
export type BcryptTask = { id: number; text: string } & ({ cost: number } | { hash: string });
export type BcryptAnswer = { id: number; value: string | boolean } | { id: number; error: string };

export async function openBcrypt(): Promise<Bcrypt> {
  try {
    const { default: native } = await import("bcrypt") as { default: Omit<Bcrypt, "close"> };
    return { hash: native.hash, compare: native.compare, close() {} };
  } catch {
    // Hosts without addons, such as Deno Deploy, get the same algorithm in JavaScript, some three times slower.
    return bcryptInWorker();
  }
}

/** bcryptjs in a worker of its own, begun when it is first needed. */
export function bcryptInWorker(): Bcrypt {
  const waiting = new Map<number, PromiseWithResolvers<string | boolean>>();
  let worker: Worker | undefined;
  let ids = 0;

  function begin(): Worker {
    const begun = new Worker(new URL("./bcrypt_worker.ts", import.meta.url), { type: "module" });
    begun.onmessage = ({ data }: MessageEvent<BcryptAnswer>) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      if ("error" in data) asked?.reject(new Error(data.error));
      else asked?.resolve(data.value);
    };
    begun.onerror = (event) => {
      event.preventDefault();
      for (const asked of waiting.values()) {
        asked.reject(new Error(`the hashing worker broke: ${event.message}`));
      }
      waiting.clear();
      worker = undefined;
    };
    return begun;
  }

  function ask(
    task: { text: string; cost: number } | { text: string; hash: string },
  ): Promise<string | boolean> {
    const id = ++ids;
    const asked = Promise.withResolvers<string | boolean>();
    waiting.set(id, asked);
    (worker ??= begin()).postMessage({ id, ...task } satisfies BcryptTask);
    return asked.promise;
  }
  return {
    hash: (text, cost) => ask({ text, cost }) as Promise<string>,
    compare: (text, hash) => ask({ text, hash }) as Promise<boolean>,
    close: () => worker?.terminate(),
  };
}
