import { AppError } from "./errors.ts";
import type { Logger } from "./log.ts";

/** Milliseconds that an operation may take; on one network it takes less than one. */
const PATIENCE = 2_000;

/**
 * Opens the KV store. One that is reached over the network may go away, and Deno's client then asks it again and again
 * without end, so that whoever waits would wait for ever. Here an operation gives up after 2 s, and until the
 * server answers again all others are refused at once.
 *
 * @param url a path, or the address of a `denokv` server
 * @throws TypeError when a server does not answer now, or does not know our access token
 */
export async function openKv(url: string, log: Logger): Promise<Deno.Kv> {
  const kv = await Deno.openKv(url);
  return isRemote(url) ? withDeadline(kv, log) : kv;
}

export function isRemote(kvUrl: string): boolean {
  return /^https?:/.test(kvUrl);
}

/** Every operation of this KV rejects with `UNAVAILABLE` when it is late; `watch` ends with an error, to be begun anew. */
export function withDeadline(kv: Deno.Kv, log: Logger, patience = PATIENCE): Deno.Kv {
  const line = new Line(log, patience);
  const own = {
    get: kv.get.bind(kv),
    getMany: kv.getMany.bind(kv),
    set: kv.set.bind(kv),
    delete: kv.delete.bind(kv),
    list: kv.list.bind(kv),
    atomic: kv.atomic.bind(kv),
    watch: kv.watch.bind(kv),
  };
  const limited: Partial<Record<keyof Deno.Kv, unknown>> = {
    get: (...given: Parameters<typeof own.get>) => line.ask(() => own.get(...given)),
    getMany: (...given: Parameters<typeof own.getMany>) => line.ask(() => own.getMany(...given)),
    set: (...given: Parameters<typeof own.set>) => line.ask(() => own.set(...given)),
    delete: (...given: Parameters<typeof own.delete>) => line.ask(() => own.delete(...given)),
    list(...given: Parameters<typeof own.list>) {
      const entries = own.list(...given);
      const next = entries.next.bind(entries);
      entries.next = () => line.ask(() => next());
      return entries;
    },
    atomic() {
      const operation = own.atomic();
      const commit = operation.commit.bind(operation);
      operation.commit = () => line.ask(() => commit());
      return operation;
    },
    watch: (...given: Parameters<typeof own.watch>) => line.follow(own.watch(...given)),
  };
  return Object.assign(kv, limited);
}

/** The line to a KV server: open, or away from the first late operation until all late ones have been answered. */
class Line {
  /** Given up, and still on their way: Deno goes on trying, so their end tells that the server is back. */
  #late = 0;
  /** Ends what is being watched. */
  readonly #watched = new Set<(reason: Error) => void>();

  constructor(private readonly log: Logger, private readonly patience: number) {}

  /**
   * While the line is away nothing more is sent: what has been given up may still be done later, and must not be
   * overtaken by something newer of the same key.
   */
  async ask<Result>(operation: () => Promise<Result>): Promise<Result> {
    if (this.#late > 0) throw new AppError("UNAVAILABLE");
    const running = operation();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#giveUp(running);
        reject(new AppError("UNAVAILABLE"));
      }, this.patience);
    });
    try {
      return await Promise.race([running, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * What a stream that is watched tells, until the server has been away: its connection may be dead without anybody
   * being told, and what it missed must be looked at anyway.
   */
  follow<Told>(stream: ReadableStream<Told>): ReadableStream<Told> {
    const reader = stream.getReader();
    const { promise: broken, reject } = Promise.withResolvers<never>();
    broken.catch(() => {});
    this.#watched.add(reject);
    const forget = () => this.#watched.delete(reject);
    return new ReadableStream<Told>({
      async pull(controller) {
        try {
          const turn = await Promise.race([reader.read(), broken]);
          if (!turn.done) return controller.enqueue(turn.value);
          forget();
          controller.close();
        } catch (error) {
          forget();
          void reader.cancel().catch(() => {});
          throw error;
        }
      },
      cancel(reason) {
        forget();
        return reader.cancel(reason);
      },
    }, { highWaterMark: 0 });
  }

  #giveUp(running: Promise<unknown>): void {
    if (this.#late++ === 0) this.log.error("the KV server does not answer");
    const settled = () => {
      if (--this.#late === 0) this.#isBack();
    };
    running.then(settled, settled);
  }

  #isBack(): void {
    this.log.warn("the KV server answers again");
    for (const end of [...this.#watched]) end(new Error("the KV server was away"));
  }
}
