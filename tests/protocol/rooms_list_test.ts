import { expect } from "expect";
import type { Read, RoomActivity } from "../../lib/protocol/events.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { unread as unreadIn } from "../../lib/protocol/room_state.ts";
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
    mentions: 0,
    online: 0,
    ...more,
  };
}

const said = (roomId: string, seq: number, more: Partial<RoomActivity> = {}): RoomActivity => ({
  type: "room_activity",
  roomId: roomId as RoomId,
  seq,
  last: { author: ANN, body: `words ${seq}`, at },
  ...more,
});
const read = (roomId: string, seq: number): Read => ({ type: "read", roomId: roomId as RoomId, seq });

const rooms: readonly MyRoom[] = [myRoom("1"), myRoom("2"), myRoom("3")];
const ids = (list: readonly MyRoom[]) => list.map(({ id }) => id).join();
const counts = (list: readonly MyRoom[]) => list.map((room) => [unreadIn(room), room.mentions]);

Deno.test("a room comes to the front with its last words when somebody speaks in it", () => {
  const after = reduceRooms(rooms, said("3", 6), ME);
  expect(ids(after)).toBe("3,1,2");
  expect(after[0]).toMatchObject({ headSeq: 6, last: { author: ANN, body: "words 6" } });
  expect(counts(after)).toEqual([[1, 0], [0, 0], [0, 0]]);
  expect(after.slice(1)).toEqual(rooms.slice(0, 2));
});

Deno.test("what several messages brought is counted when the news of some is lost", () => {
  expect(unreadIn(reduceRooms(rooms, said("1", 9), ME)[0]!)).toBe(4);
});

Deno.test("mentions count when they name me and not when they name others", () => {
  const once = reduceRooms(rooms, said("2", 6, { mentioned: [ME, ANN.id] }), ME);
  const twice = reduceRooms(once, said("2", 7, { mentioned: [ANN.id] }), ME);
  expect([once, twice].map((list) => counts(list)[0])).toEqual([[1, 1], [2, 1]]);
});

Deno.test("nothing is unread when the words are mine", () => {
  const own = said("2", 6, { last: { author: { id: ME, name: "Me" }, body: "mine", at } });
  const after = reduceRooms(rooms, own, ME);
  expect([ids(after), counts(after)[0]]).toEqual(["2,1,3", [0, 0]]);
});

Deno.test("nothing is unread when the room is before my eyes, and other rooms' news is", () => {
  const open = "2" as RoomId;
  const seen = reduceRooms(rooms, said("2", 6, { mentioned: [ME] }), ME, open);
  expect(counts(seen)[0]).toEqual([0, 0]);
  expect(counts(reduceRooms(seen, said("1", 6), ME, open))[0]).toEqual([1, 0]);
});

Deno.test("a change of old words counts and leaves the room where it stands", () => {
  const after = reduceRooms(rooms, said("3", 6, { last: undefined }), ME);
  expect([ids(after), unreadIn(after[2]!), after[2]!.last]).toEqual(["1,2,3", 1, undefined]);
});

Deno.test("reading takes the mentions away when it reaches the head and not before", () => {
  const behind = reduceRooms(rooms, said("1", 9, { mentioned: [ME] }), ME);
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
  const list = [myRoom("4", { readSeq: 2, mentions: 1 }), myRoom("2", { readSeq: 1, mentions: 1 })];
  const after = reduceRooms(rooms, { type: "rooms_watched", rooms: list }, ME, "2" as RoomId);
  expect([ids(after), counts(after)]).toEqual(["4,2", [[3, 1], [0, 0]]]);
});
