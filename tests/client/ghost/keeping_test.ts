import { expect } from "expect";
import { forget, keep, keptOf, memoryStore, type Shelf } from "../../../lib/client/ghost/keeping.ts";

const TOKEN = "ghost-abcdefgh12345678";
const session = { sessionToken: "s", nickname: "Ada" };

function shelf(): Shelf & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

Deno.test("a room's session and its maker's key are kept beside each other, and apart from other rooms'", () => {
  const kept = shelf();
  keep(kept, TOKEN, { ownerKey: "o" });
  keep(kept, TOKEN, { session });
  expect(keptOf(kept, TOKEN)).toEqual({ session, ownerKey: "o" });
  expect(keptOf(kept, "ghost-another1")).toEqual({});
  keep(kept, TOKEN, { session: undefined });
  expect(keptOf(kept, TOKEN)).toEqual({ ownerKey: "o" });
  forget(kept, TOKEN);
  expect(kept.entries.size).toBe(0);
});

Deno.test("nothing is kept, and nothing breaks, when storage is refused or holds something else", () => {
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  const refusing: Shelf = { getItem: refuse, setItem: refuse, removeItem: refuse };
  keep(refusing, TOKEN, { session });
  forget(refusing, TOKEN);
  expect(keptOf(refusing, TOKEN)).toEqual({});
  const odd = shelf();
  for (const text of ["", "null", "[]", "{", '{"session":{"sessionToken":1}}', '{"ownerKey":{}}']) {
    odd.entries.set(`parley:ghost:${TOKEN}`, text);
    expect(keptOf(odd, TOKEN)).toEqual({});
  }
});

Deno.test("drafts and unsent messages of a ghost room are in memory alone", () => {
  const store = memoryStore();
  store.set("a", "words");
  expect([store.get("a"), store.keys()]).toEqual(["words", ["a"]]);
  store.remove("a");
  expect([store.get("a"), memoryStore().keys()]).toEqual([null, []]);
});
