/** What was begun and not sent, one text a room, kept over reloads and shared by the tabs of this browser. */
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Store } from "./environment.ts";

export class Drafts {
  constructor(readonly store: Store, readonly user: UserId) {}

  read(room: RoomId): string {
    return this.store.get(this.#key(room)) ?? "";
  }

  /** An empty text removes the draft. */
  write(room: RoomId, text: string): void {
    if (text.trim() === "") this.store.remove(this.#key(room));
    else this.store.set(this.#key(room), text);
  }

  /** Hears what another tab writes there, or sends, which leaves nothing. */
  watch(room: RoomId, listener: (text: string) => void): () => void {
    return this.store.watch((key, value) => {
      if (key === this.#key(room)) listener(value ?? "");
    });
  }

  #key(room: RoomId): string {
    return `parley:draft:${this.user}:${room}`;
  }
}
