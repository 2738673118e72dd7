/**
 * What a browser keeps of a ghost room: the session token, and for the maker the key to close the room. In
 * sessionStorage, so that it goes with the tab; nothing of a ghost room is ever in localStorage.
 */
import type { Store } from "../environment.ts";
import type { GhostSession } from "./calls.ts";

export interface Kept {
  session?: GhostSession;
  ownerKey?: string;
}

/** What of `sessionStorage` is used here. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = (token: string) => `parley:ghost:${token}`;

/** Nothing where storage is refused, or holds what is none of ours. */
export function keptOf(shelf: Shelf, token: string): Kept {
  try {
    const kept: Kept = JSON.parse(shelf.getItem(keyOf(token)) ?? "{}");
    const { session, ownerKey } = kept;
    return {
      ...(typeof session?.sessionToken === "string" && typeof session.nickname === "string" && { session }),
      ...(typeof ownerKey === "string" && { ownerKey }),
    };
  } catch {
    return {};
  }
}

/** Where storage is refused, a reload leads to the door again. */
export function keep(shelf: Shelf, token: string, change: Kept): void {
  const kept = { ...keptOf(shelf, token), ...change };
  try {
    shelf.setItem(keyOf(token), JSON.stringify(kept));
  } catch {
    // A private window without storage: this page alone knows, and that is enough.
  }
}

export function forget(shelf: Shelf, token: string): void {
  try {
    shelf.removeItem(keyOf(token));
  } catch {
    // What could not be kept needs no forgetting.
  }
}

/** Drafts and unsent messages that go with the page. */
export function memoryStore(): Store {
  const memory = new Map<string, string>();
  return {
    get: (key) => memory.get(key) ?? null,
    set: (key, value) => void memory.set(key, value),
    remove: (key) => void memory.delete(key),
    keys: () => [...memory.keys()],
    watch: () => () => {},
  };
}
