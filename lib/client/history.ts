/** History, a page at a time: what lies before the reader's window, and what lies between an old one and the newest. */
import { appendHistory, prependHistory, shown } from "../protocol/history.ts";
import type { RoomId } from "../protocol/ids.ts";
import { HISTORY_PAGE } from "../protocol/limits.ts";
import type { RoomState } from "../protocol/room_state.ts";
import type { HistoryPage } from "../protocol/types.ts";

/** Pages fetched at most to reach a message that somebody jumps to. */
const REACH_PAGES = 20;

/** Asks for the page that a cursor leads to. @throws {Refusal} */
export type FetchPage = (room: RoomId, cursor: string) => Promise<HistoryPage>;

interface Direction {
  fetchPage: FetchPage;
  /** The seq at which the window ends on this side; nothing where there is nothing more to fetch. */
  edge(state: RoomState): number | undefined;
  /** The state with the page in it. */
  grow(state: RoomState, page: HistoryPage): RoomState;
}

/** One side of the window. */
class Side {
  /** Where the page after the last one begins, good while the window still ends where that page put it. */
  #next: { edge: number; cursor: string } | null = null;
  #loading = false;

  constructor(readonly direction: Direction) {}

  get loading(): boolean {
    return this.#loading;
  }

  async load(current: () => RoomState, replace: (state: RoomState) => void): Promise<void> {
    const { fetchPage, edge, grow } = this.direction;
    const before = edge(current());
    if (this.#loading || before === undefined) return;
    this.#loading = true;
    try {
      const cursor = this.#next?.edge === before ? this.#next.cursor : String(before);
      const page = await fetchPage(current().roomId, cursor);
      // The window was replaced meanwhile: this page would stand beside the wrong one.
      if (edge(current()) !== before) return;
      const after = grow(current(), page);
      const now = edge(after);
      if (page.nextCursor !== null && now !== undefined) this.#next = { edge: now, cursor: page.nextCursor };
      replace(after);
    } finally {
      this.#loading = false;
    }
  }
}

export class History {
  readonly #older: Side;
  readonly #newer: Side;

  constructor(fetchOlder: FetchPage, fetchNewer: FetchPage) {
    this.#older = new Side({
      fetchPage: fetchOlder,
      edge: (state) => shown(state).hasOlder ? shown(state).messages[0]?.seq : undefined,
      grow: prependHistory,
    });
    this.#newer = new Side({
      fetchPage: fetchNewer,
      edge: ({ past }) => past?.messages.at(-1)?.seq,
      grow: appendHistory,
    });
  }

  get loadingOlder(): boolean {
    return this.#older.loading;
  }

  get loadingNewer(): boolean {
    return this.#newer.loading;
  }

  /**
   * Fetches the page before the window. While one is on its way, further calls do nothing.
   * @param current reads the state, before and after: it moves on while the page is fetched
   * @param replace gets the state with the page in it
   * @throws {Refusal}
   */
  older(current: () => RoomState, replace: (state: RoomState) => void): Promise<void> {
    return this.#older.load(current, replace);
  }

  /** Fetches the page after the past, as {@link older} does the other. @throws {Refusal} */
  newer(current: () => RoomState, replace: (state: RoomState) => void): Promise<void> {
    return this.#newer.load(current, replace);
  }
}

/**
 * Fetches page after page until the message at `seq` is in the window, unless it is too far away.
 * @param shown the window, as it stands at each moment
 * @returns whether it is in the window
 * @throws {Refusal}
 */
export async function reachBack(
  seq: number,
  shown: () => Pick<RoomState, "messages" | "hasOlder">,
  loadOlder: () => Promise<void>,
): Promise<boolean> {
  const first = () => shown().messages[0]?.seq ?? 0;
  if (first() - seq > REACH_PAGES * HISTORY_PAGE) return false;
  for (let page = 0; page < REACH_PAGES; page++) {
    const before = first();
    if (before <= seq || !shown().hasOlder) break;
    await loadOlder();
    if (first() === before) break;
  }
  return shown().messages.some((message) => message.seq === seq);
}
