import { expect } from "expect";
import { callsBetween, callsElsewhere, callsIn } from "../../lib/protocol/attention.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";

const last = {
  author: { id: "9" as UserId, name: "Ben" },
  kind: "TEXT" as const,
  body: "Tea?",
  at: "2026-08-02T10:00:00Z",
};

function room(id: string, more: Partial<MyRoom> = {}): MyRoom {
  return {
    id: id as RoomId,
    kind: "slug",
    name: "Book club",
    dir: "ltr",
    role: "member",
    headSeq: 10,
    readSeq: 4,
    unread: 6,
    mentions: 0,
    online: 0,
    last,
    ...more,
  };
}

Deno.test("what is new calls when it is a direct room's, or names me, or I asked for all of it", () => {
  expect(callsIn(room("1"))).toBe(0);
  expect(callsIn(room("1", { mentions: 2 }))).toBe(2);
  expect(callsIn(room("1", { kind: "direct" }))).toBe(6);
  expect(callsIn(room("1", { level: "all" }))).toBe(6);
  expect(callsIn(room("1", { kind: "direct", level: "mentions" }))).toBe(0);
  expect(callsIn(room("1", { kind: "direct", level: "nothing", mentions: 2 }))).toBe(0);
  expect(callsIn(room("1", { kind: "direct", unread: 0 }))).toBe(0);
});

Deno.test("the room that the page shows counts for itself", () => {
  const rooms = [room("1", { mentions: 2 }), room("2", { kind: "direct" }), room("3")];
  expect(callsElsewhere(rooms, null)).toBe(8);
  expect(callsElsewhere(rooms, "2" as RoomId)).toBe(2);
});

Deno.test("somebody is called once, by what has come since", () => {
  const before = [room("1"), room("2", { kind: "direct" })];
  const named = room("1", { headSeq: 11, mentions: 1 });
  expect(callsBetween(before, [named, before[1]!], null)).toEqual([{ room: named, last, named: true }]);
  expect(callsBetween([named], [named], null)).toEqual([]);
  const written = room("2", { kind: "direct", headSeq: 11, unread: 7 });
  expect(callsBetween(before, [written], null)).toMatchObject([{ named: false }]);
});

Deno.test("nobody is called by a room that they look at, have just come to, have read, or want nothing of, nor by whom they blocked", () => {
  const [was, is] = [room("1"), room("1", { headSeq: 11, mentions: 1 })];
  expect(callsBetween([was], [is], was.id)).toEqual([]);
  expect(callsBetween([], [is], null)).toEqual([]);
  expect(callsBetween([was], [room("1", { headSeq: 11, readSeq: 11, unread: 0 })], null)).toEqual([]);
  expect(callsBetween([was], [{ ...is, level: "nothing" }], null)).toEqual([]);
  expect(callsBetween([was], [room("1", { headSeq: 11 })], null)).toEqual([]);
  expect(callsBetween([was], [is], null, new Set([last.author.id]))).toEqual([]);
});
