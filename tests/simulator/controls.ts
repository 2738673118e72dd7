/** What the isolates under test are told to suffer: one small file, which each of them looks at all the time. */

/**
 * - `well`: nothing.
 * - `slow`: each operation takes up to {@link KV_DELAY} ms longer.
 * - `away`: each operation fails.
 * - `deaf`: what `watch()` would tell is lost; everything else works.
 */
export type KvHealth = "well" | "slow" | "away" | "deaf";

export interface Controls {
  kv: KvHealth;
  /** Milliseconds by which each isolate's clock is wrong: the first isolate of a process has the first one, and so on. */
  clocks: number[];
}

export const UNHURT: Controls = { kv: "well", clocks: [] };
/** Milliseconds. */
export const KV_DELAY = 200;
/** Milliseconds between two looks. */
const LOOK_EVERY = 50;

function pathIn(folder: string): string {
  return `${folder}/controls.json`;
}

/** Written beside it and renamed, so that nobody reads half of it. */
export async function setControls(folder: string, controls: Controls): Promise<void> {
  await Deno.writeTextFile(`${pathIn(folder)}.new`, JSON.stringify(controls));
  await Deno.rename(`${pathIn(folder)}.new`, pathIn(folder));
}

/** The controls as they stand, for as long as the isolate lives. */
export function followControls(folder: string): () => Controls {
  let current = read(folder);
  setInterval(() => current = read(folder), LOOK_EVERY);
  return () => current;
}

function read(folder: string): Controls {
  return JSON.parse(Deno.readTextFileSync(pathIn(folder)));
}

/** Which isolate of its process this is: 0, 1, …; nobody else gets the same number. */
export function claimOrdinal(folder: string): number {
  for (let ordinal = 0;; ordinal++) {
    try {
      Deno.openSync(`${folder}/isolate-${Deno.pid}-${ordinal}`, { createNew: true, write: true }).close();
      return ordinal;
    } catch (error) {
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  }
}
