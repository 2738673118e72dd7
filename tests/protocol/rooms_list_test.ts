import { expect } from "expect";
import type { Read, RoomActivity } from "../../lib/protocol/events.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { reduceRooms } from "../../lib/protocol/rooms_list.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { ME } from "./room_model.ts";

const ANN = { id: "2" as UserId, name: "Ann" };
const at = "2026-08-02T12:00:00.000Z";

function myRoom(id: string, more: Partial<MyRoom> = {}): MyRoom {
  return {
    id: id as RoomId,
    kind: "slug",
    name: `Room ${id}`,
    slug: `room-${id}`,
    dir: "ltr",
    role: "member",
    headSeq: 5,
    readSeq: 5,
    unread: 0,
    mentions: 0,
    online: 0,
    ...more,
  };
}

const said = (roomId: string, seq: number, more: Partial<RoomActivity> = {}): RoomActivity => ({
  type: "room_activity",
  roomId: roomId as RoomId,
  seq,
  messages: 1,
  last: { author: ANN, kind: "TEXT", body: `words ${seq}`, at },
  ...more,
});
const read = (roomId: string, seq: number): Read => ({ type: "read", roomId: roomId as RoomId, seq });

const rooms: readonly MyRoom[] = [myRoom("1"), myRoom("2"), myRoom("3")];
const ids = (list: readonly MyRoom[]) => list.map(({ id }) => id).join();
const counts = (list: readonly MyRoom[]) => list.map((room) => [room.unread, room.mentions]);

Deno.test("a room comes to the front with its last words when somebody speaks in it", () => {
  const after = reduceRooms(rooms, said("3", 6), ME);
  expect(ids(after)).toBe("3,1,2");
  expect(after[0]).toMatchObject({ headSeq: 6, last: { author: ANN, body: "words 6" } });
  expect(counts(after)).toEqual([[1, 0], [0, 0], [0, 0]]);
  expect(after.slice(1)).toEqual(rooms.slice(0, 2));
});

Deno.test("all messages count that came at once, and none that I had read or knew of", () => {
  const unread = (seq: number, messages: number) =>
    reduceRooms([myRoom("1", { headSeq: 7, readSeq: 5, unread: 2 })], said("1", seq, { messages }), ME)[0]!
      .unread;
  expect(unread(11, 4)).toBe(6);
  // Two of the news were in the list already.
  expect(unread(9, 4)).toBe(4);
  const readAhead = myRoom("1", { headSeq: 5, readSeq: 8 });
  expect(reduceRooms([readAhead], said("1", 9, { messages: 4 }), ME)[0]!.unread).toBe(1);
});

Deno.test("mentions count when they name me and not when they name others", () => {
  const once = reduceRooms(rooms, said("2", 6, { mentioned: [ME, ANN.id] }), ME);
  const twice = reduceRooms(once, said("2", 7, { mentioned: [ANN.id] }), ME);
  expect([once, twice].map((list) => counts(list)[0])).toEqual([[1, 1], [2, 1]]);
});

Deno.test("nothing is unread when the words are mine", () => {
  const own = said("2", 6, { last: { author: { id: ME, name: "Me" }, kind: "TEXT", body: "mine", at } });
  const after = reduceRooms(rooms, own, ME);
  expect([ids(after), counts(after)[0]]).toEqual(["2,1,3", [0, 0]]);
});

Deno.test("nothing is unread when the room is before my eyes, and other rooms' news is", () => {
  const open = "2" as RoomId;
  const seen = reduceRooms(rooms, said("2", 6, { mentioned: [ME] }), ME, open);
  expect(counts(seen)[0]).toEqual([0, 0]);
  expect(counts(reduceRooms(seen, said("1", 6), ME, open))[0]).toEqual([1, 0]);
});

Deno.test("a mention does not count when its news comes after it was read", () => {
  const readFirst = reduceRooms(rooms, read("2", 6), ME);
  expect(counts(reduceRooms(readFirst, said("2", 6, { mentioned: [ME] }), ME))[0]).toEqual([0, 0]);
});

Deno.test("a change of old words does not count and leaves the room where it stands", () => {
  const after = reduceRooms(rooms, said("3", 6, { messages: undefined, last: undefined }), ME);
  expect([ids(after), after[2]!.unread, after[2]!.last]).toEqual(["1,2,3", 0, undefined]);
});

Deno.test("reading takes the mentions away when it reaches the head and not before", () => {
  const behind = reduceRooms(rooms, said("1", 9, { messages: 4, mentioned: [ME] }), ME);
  expect(counts(reduceRooms(behind, read("1", 7), ME))[0]).toEqual([2, 1]);
  expect(counts(reduceRooms(behind, read("1", 9), ME))[0]).toEqual([0, 0]);
});

Deno.test("the list stays the same one when there is nothing new in an event", () => {
  expect(reduceRooms(rooms, said("1", 5), ME)).toBe(rooms);
  expect(reduceRooms(rooms, said("9", 1), ME)).toBe(rooms);
  expect(reduceRooms(rooms, read("1", 4), ME)).toBe(rooms);
  expect(reduceRooms(rooms, read("9", 4), ME)).toBe(rooms);
});

Deno.test("the server's whole list replaces mine, and the room before my eyes is read in it", () => {
  const list = [
    myRoom("4", { readSeq: 2, unread: 3, mentions: 1 }),
    myRoom("2", { readSeq: 1, unread: 4, mentions: 1 }),
  ];
  const after = reduceRooms(rooms, { type: "rooms_watched", rooms: list }, ME, "2" as RoomId);
  expect([ids(after), counts(after)]).toEqual(["4,2", [[3, 1], [0, 0]]]);
});
