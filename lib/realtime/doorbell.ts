import type { Clock } from "../clock.ts";
import type { Logger } from "../log.ts";
import { withRetry } from "../kv.ts";

/** Topic → its newest version: a room's head, or a number that is another one each time. */
export type Rung = ReadonlyMap<string, number>;

/** Carries the news that something changed to all isolates. It says *what* is new, never the thing itself. */
export interface Doorbell {
  /**
   * Returns at once; rings are merged, so that an isolate has one commit in flight however much happens. A topic that
   * has versions rings when its version grows; one without rings each time, whatever clocks say.
   */
  ring(topic: string, version?: number): void;
  /** Another isolate has been found: rings what was kept while there was none. */
  somebodyCame(): void;
  /** Hears what other isolates rang. */
  listen(listener: (rung: Rung) => void): void;
  /** Rings what was still to be rung, then neither rings nor hears any more. */
  close(): Promise<void>;
}

/** Topic → [version, time it was rung]. */
type Board = Record<string, [version: number, at: number]>;

/** Topic → version, or none for what has none. */
type Rings = Map<string, number | undefined>;

const BELLS = 32;
/** `watch()` and `getMany()` take ten at most. */
const KEYS_A_CALL = 8;
/** Milliseconds a topic stays on its board: far longer than `watch()` takes to tell of it. */
const REMEMBERED = 10_000;
/** An atomic operation of KV holds 800 KiB: all bells with this many topics, of at most 60 bytes as kept, stay below. */
const TOPICS_A_BELL = 400;
/** Topics rung by one commit: they must fit even when all belong to one bell, as they may once KV is back. */
const RINGS_A_COMMIT = 300;
const COMMIT_TRIES = 8;
/** Milliseconds between two commits while there is always something to ring: each of them wakes every isolate. */
const REST = 10;
/** Commits in a row before that: word of a single message does not wait behind word that somebody stopped typing. */
const UNRESTED = 2;
/** Topics kept for whoever comes; of what is older they find the newest in Postgres, as they begin. */
const KEPT_ALONE = 5_000;
/** Milliseconds before KV is tried again when it failed. */
const AFTER_FAILURE = 1_000;

/**
 * A doorbell over KV. `watch()` merges bursts and shows only the last value of a key, so a bell's value is not an event
 * but a board of all that changed lately: who reads it late still reads it all. Boards are merged under a version check;
 * one that is lost all the same is made good by the hub's sweep.
 *
 * @param alone True while no other isolate is known. Then nobody is there to hear, and nothing is rung until somebody
 * comes: a commit that wakes nobody would cost a busy isolate a tenth of its time.
 */
export function createDoorbell(
  kv: Deno.Kv,
  clock: Clock,
  log: Logger,
  alone: () => boolean = () => false,
): Doorbell {
  const listeners: ((rung: Rung) => void)[] = [];
  const boards: { board: Board; versionstamp: string | null }[] = [];
  for (let bell = 0; bell < BELLS; bell++) boards.push({ board: {}, versionstamp: null });
  let pending: Rings = new Map();
  let committing: Promise<void> | null = null;
  let closed = false;
  /** Boards that may hold something old; at first all, for who wrote them may be dead. */
  const written = new Set(boards.keys());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tidying: Promise<void> | undefined;
  const readers = new Set<ReadableStreamDefaultReader<unknown>>();

  function hear(bell: number, entry: Deno.KvEntryMaybe<Board>): void {
    const known = boards[bell]!;
    if (entry.versionstamp === null || entry.versionstamp <= (known.versionstamp ?? "")) return;
    const rung = new Map<string, number>();
    for (const [topic, [version]] of Object.entries(entry.value)) {
      if (known.board[topic]?.[0] !== version) rung.set(topic, version);
    }
    boards[bell] = { board: entry.value, versionstamp: entry.versionstamp };
    if (rung.size > 0) { for (const listener of listeners) listener(rung); }
  }

  async function commit(rings: Rings): Promise<void> {
    const touched = Map.groupBy(rings, ([topic]) => bellOf(topic));
    for (let attempt = 0; attempt < COMMIT_TRIES; attempt++) {
      const atomic = kv.atomic();
      const next = new Map<number, Board>();
      for (const [bell, topics] of touched) {
        const board = merged(boards[bell]!.board, topics, clock());
        next.set(bell, board);
        atomic.check({ key: keyOf(bell), versionstamp: boards[bell]!.versionstamp }).set(keyOf(bell), board);
      }
      const result = await withRetry(() => atomic.commit());
      if (result.ok) {
        for (const [bell, board] of next) {
          boards[bell] = { board, versionstamp: result.versionstamp };
          written.add(bell);
        }
        return tidyLater();
      }
      await lookAt([...touched.keys()]);
    }
    log.warn({ topics: rings.size }, "a ring was lost; the sweep will find what it told of");
  }

  async function lookAt(bells: number[]): Promise<void> {
    for (let first = 0; first < bells.length; first += KEYS_A_CALL) {
      const some = bells.slice(first, first + KEYS_A_CALL);
      const entries = await kv.getMany<Board[]>(some.map(keyOf));
      some.forEach((bell, index) => hear(bell, entries[index] as Deno.KvEntryMaybe<Board>));
    }
  }

  /** What is old goes from the boards, also when nothing more is rung: they name rooms and people. */
  function tidyLater(): void {
    if (!closed) timer ??= setTimeout(() => tidying = tidy(), REMEMBERED);
  }

  async function tidy(): Promise<void> {
    timer = undefined;
    for (const bell of [...written]) {
      // First, for it may be rung while we look.
      written.delete(bell);
      const clean = await tidied(bell).catch((error) => {
        if (!closed) log.error({ error: String(error) }, "the doorbell cannot be tidied");
      });
      if (!clean) written.add(bell);
    }
    if (written.size > 0) tidyLater();
  }

  /** True when nothing is on the board. */
  async function tidied(bell: number): Promise<boolean> {
    const entry = await kv.get<Board>(keyOf(bell));
    const board = merged(entry.value ?? {}, [], clock());
    const [before, after] = [Object.keys(entry.value ?? {}).length, Object.keys(board).length];
    if (after === before) return after === 0;
    const result = await withRetry(() => kv.atomic().check(entry).set(keyOf(bell), board).commit());
    if (result.ok) boards[bell] = { board, versionstamp: result.versionstamp };
    return result.ok && after === 0;
  }

  function note(topic: string, version: number | undefined): void {
    pending.set(topic, version === undefined ? undefined : Math.max(version, pending.get(topic) ?? 0));
  }

  function takePending(): Rings {
    const all = pending;
    if (all.size <= RINGS_A_COMMIT) {
      pending = new Map();
      return all;
    }
    const entries = [...all];
    pending = new Map(entries.slice(RINGS_A_COMMIT));
    return new Map(entries.slice(0, RINGS_A_COMMIT));
  }

  async function drain(): Promise<void> {
    for (let turn = 0; pending.size > 0; turn++) {
      const rings = takePending();
      let rest = turn < UNRESTED ? 0 : REST;
      try {
        await commit(rings);
      } catch (error) {
        log.error({ error: String(error) }, "the doorbell cannot be rung");
        if (closed) break;
        for (const [topic, version] of rings) note(topic, version);
        rest = AFTER_FAILURE;
      }
      if (rest > 0) await new Promise((done) => setTimeout(done, rest));
    }
    committing = null;
  }

  async function watch(bells: number[]): Promise<void> {
    while (!closed) {
      const reader = kv.watch<Board[]>(bells.map(keyOf)).getReader();
      readers.add(reader);
      try {
        for (let turn = await reader.read(); !turn.done; turn = await reader.read()) {
          bells.forEach((bell, index) => hear(bell, turn.value![index] as Deno.KvEntryMaybe<Board>));
        }
      } catch (error) {
        if (!closed) log.error({ error: String(error) }, "the doorbell cannot be heard");
      }
      readers.delete(reader);
      if (!closed) await new Promise((done) => setTimeout(done, AFTER_FAILURE));
    }
  }

  for (let first = 0; first < BELLS; first += KEYS_A_CALL) {
    void watch(Array.from({ length: KEYS_A_CALL }, (_, index) => first + index));
  }
  tidyLater();

  return {
    ring(topic, version) {
      if (closed) return;
      note(topic, version);
      if (!alone()) committing ??= drain();
      else if (pending.size > KEPT_ALONE) pending.clear();
    },
    somebodyCame() {
      if (!closed && pending.size > 0) committing ??= drain();
    },
    listen(listener) {
      listeners.push(listener);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.all([committing, tidying]);
      for (const reader of readers) void reader.cancel().catch(() => {});
    },
  };
}

function keyOf(bell: number): Deno.KvKey {
  return ["bell", bell];
}

/** FNV-1a, 32 bits: topics spread evenly over the bells. */
function bellOf(topic: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < topic.length; index++) {
    hash = Math.imul(hash ^ topic.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % BELLS;
}

function merged(board: Board, rings: [string, number | undefined][], now: number): Board {
  const entries = Object.entries(board).filter(([, [, at]]) => now - at < REMEMBERED);
  const next: Board = Object.fromEntries(entries.slice(-TOPICS_A_BELL + rings.length));
  for (const [topic, version] of rings) {
    const known = next[topic]?.[0];
    delete next[topic];
    next[topic] = [version === undefined ? (known ?? now) + 1 : Math.max(version, known ?? 0), now];
  }
  return next;
}
