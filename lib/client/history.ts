/** Older messages, a page at a time. */
import type { RoomId } from "../protocol/ids.ts";
import { prependHistory, type RoomState } from "../protocol/room_state.ts";
import type { HistoryPage } from "../protocol/types.ts";

export class History {
  /** Where the page after the last one begins, good while the window still begins where that page put it. */
  #next: { first: number; cursor: string } | null = null;
  #loading = false;

  constructor(readonly fetchPage: (room: RoomId, cursor: string) => Promise<HistoryPage>) {}

  get loading(): boolean {
    return this.#loading;
  }

  /**
   * Fetches the page before the window. While one is on its way, further calls do nothing.
   * @param current reads the state, before and after: it moves on while the page is fetched
   * @param replace gets the state with the page in it
   * @throws {Refusal}
   */
  async older(current: () => RoomState, replace: (state: RoomState) => void): Promise<void> {
    const before = current();
    const first = before.messages[0]?.seq;
    if (this.#loading || !before.hasOlder || first === undefined) return;
    this.#loading = true;
    try {
      const cursor = this.#next?.first === first ? this.#next.cursor : String(first);
      const page = await this.fetchPage(before.roomId, cursor);
      // The window was replaced meanwhile: this page would stand before the wrong one.
      if (current().messages[0]?.seq !== first) return;
      const after = prependHistory(current(), page);
      if (page.nextCursor !== null) this.#next = { first: after.messages[0]!.seq, cursor: page.nextCursor };
      replace(after);
    } finally {
      this.#loading = false;
    }
  }
}
