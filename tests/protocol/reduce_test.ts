import { expect } from "expect";
import type { RoomJoined, ServerEvent } from "../../lib/protocol/events.ts";
import type { MessageId, RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Person } from "../../lib/protocol/types.ts";
import { PEOPLE_SHOWN } from "../../lib/protocol/limits.ts";
import { applyEvent, type StateEvent } from "../../lib/protocol/reduce.ts";
import { prependHistory } from "../../lib/protocol/history.ts";
import {
  expireTyping,
  fromSnapshot,
  hasGap,
  newSince,
  type RoomState,
  type Snapshot,
  trimWindow,
  typistsBeside,
} from "../../lib/protocol/room_state.ts";
import { ME, messageAt, ROOM, room } from "./room_model.ts";

const person = (id: number, state: Person["state"] = "online"): Person => ({
  id: String(id) as UserId,
  name: `user ${id}`,
  state,
});
const snapshot = (more: Partial<Snapshot> = {}): Snapshot => ({
  roomId: ROOM,
  room,
  headSeq: 3,
  readSeq: 1,
  messages: [messageAt(1), messageAt(2), messageAt(3)],
  hasOlder: false,
  members: [person(2)],
  presence: { online: 1 },
  ...more,
});
const joined = (more: Partial<RoomJoined> = {}): RoomJoined => ({
  type: "room_joined",
  ...snapshot(),
  ...more,
});
const after = (state: RoomState, ...events: StateEvent[]) =>
  events.reduce((s, e) => applyEvent(s, e, 1000), state);
const start = fromSnapshot(snapshot());
const newMessage = (seq: number, author = 2): StateEvent => ({
  type: "new_message",
  roomId: ROOM,
  seq,
  message: messageAt(seq, author),
});

Deno.test("an event past the next seq is not applied but leaves a gap, which the missing one closes", () => {
  const gapped = after(start, newMessage(5));
  expect(gapped.messages).toBe(start.messages);
  expect(hasGap(gapped)).toBe(true);
  expect(hasGap(after(gapped, newMessage(4)))).toBe(true);
  expect(hasGap(after(gapped, newMessage(4), newMessage(5)))).toBe(false);
});

Deno.test("an event of another room changes nothing", () => {
  expect(after(start, { ...newMessage(4), roomId: "8" as RoomId } as StateEvent)).toBe(start);
});

Deno.test("an event of a kind not known here changes nothing", () => {
  expect(after(start, { type: "poll_opened", roomId: ROOM } as unknown as StateEvent & ServerEvent)).toBe(
    start,
  );
});

Deno.test("a deleted message loses its words and an edit does not bring them back", () => {
  const messageId = `${ROOM}-2` as MessageId;
  const gone = after(
    start,
    { type: "message_deleted", roomId: ROOM, seq: 4, messageId, deletedAt: "2026-08-02T10:00:00Z" },
    {
      type: "message_edited",
      roomId: ROOM,
      seq: 5,
      messageId,
      body: "back",
      editedAt: "2026-08-02T10:01:00Z",
    },
  );
  expect(gone.messages[1]).toMatchObject({ body: "", deletedAt: "2026-08-02T10:00:00Z" });
  expect(gone.headSeq).toBe(5);
});

Deno.test("a read pointer moves on and never back, on whatever device it moved", () => {
  const read = after(start, { type: "read", roomId: ROOM, seq: 3 });
  expect(read.readSeq).toBe(3);
  expect(after(read, { type: "read", roomId: ROOM, seq: 2 })).toBe(read);
});

Deno.test("a resumed join keeps the messages and brings who is here; one that is behind its head leaves a gap", () => {
  const resumed = after(
    start,
    joined({ messages: [], members: [person(4)], presence: { online: 9 }, resumed: true }),
  );
  expect(resumed.messages).toBe(start.messages);
  expect([resumed.people, resumed.online]).toEqual([[person(4)], 9]);
  expect(hasGap(after(start, joined({ headSeq: 6, resumed: true })))).toBe(true);
});

Deno.test("a fresh join replaces the window, and what came live past it stays a gap", () => {
  const fresh = joined({ headSeq: 900, messages: [messageAt(899)], hasOlder: true });
  const state = after(start, newMessage(901), fresh);
  expect(state.messages.map((message) => message.seq)).toEqual([899]);
  expect(hasGap(state)).toBe(true);
  expect(hasGap(after(state, newMessage(901)))).toBe(false);
});

Deno.test("a fresh join with a lower head is believed: the server is the authority", () => {
  const state = after(start, joined({ headSeq: 2, messages: [messageAt(1), messageAt(2)] }));
  expect([state.headSeq, hasGap(state)]).toEqual([2, false]);
});

Deno.test("people come, change and go, and the count follows while all of them are in the list", () => {
  const two = after(start, { type: "user_joined", roomId: ROOM, user: person(5) });
  expect([two.people.length, two.online]).toEqual([2, 2]);
  const away = after(two, { type: "presence", roomId: ROOM, online: 2, changes: [person(5, "away")] });
  expect(away.people[1]?.state).toBe("away");
  const left = after(away, { type: "user_left", roomId: ROOM, userId: "5" as UserId });
  expect([left.people.length, left.online]).toEqual([1, 1]);
  const offline = after(left, { type: "presence", roomId: ROOM, online: 0, changes: [person(2, "offline")] });
  expect([offline.people.length, offline.online]).toEqual([0, 0]);
});

Deno.test("past the list's cap only the count grows", () => {
  const members = Array.from({ length: PEOPLE_SHOWN }, (_, i) => person(i + 10));
  const full = fromSnapshot(snapshot({ members, presence: { online: 900 } }));
  const state = after(full, { type: "user_joined", roomId: ROOM, user: person(5) });
  expect([state.people.length, state.online]).toEqual([PEOPLE_SHOWN, 900]);
  expect(after(full, { type: "user_left", roomId: ROOM, userId: "10" as UserId }).online).toBe(900);
});

Deno.test("typing ends by time, by word, by speaking and by leaving", () => {
  const typing = (id: number, on = true): StateEvent => ({
    type: "typing",
    roomId: ROOM,
    user: person(id),
    on,
  });
  const both = after(start, typing(2), typing(1), typing(2));
  expect(both.typing.map((typist) => typist.user.id)).toEqual(["2", "1"]);
  expect(typistsBeside(both, ME)).toEqual(["user 2"]);
  expect(expireTyping(both, 5999)).toBe(both);
  expect(expireTyping(both, 6000).typing).toEqual([]);
  for (
    const end of [
      typing(2, false),
      newMessage(4),
      { type: "user_left", roomId: ROOM, userId: "2" } as StateEvent,
    ]
  ) {
    expect(typistsBeside(after(both, end), ME)).toEqual([]);
  }
});

Deno.test("a closed room says why, and leaving does not overwrite it", () => {
  const closed = after(start, { type: "room_closed", roomId: ROOM, reason: "Its time is over." });
  expect(after(closed, { type: "room_left", roomId: ROOM }).closed).toBe("Its time is over.");
});

Deno.test("somebody who is sent out or banned is told so and why, and the leaving that follows says no less", () => {
  const banned = after(start, { type: "moderation", roomId: ROOM, action: "BAN", reason: "Three warnings." });
  expect(banned.closed).toBe("You are banned from this room. Three warnings.");
  expect(after(banned, { type: "room_left", roomId: ROOM, reason: "Banned." }).closed).toBe(banned.closed);
  const kicked = after(start, { type: "moderation", roomId: ROOM, action: "KICK" });
  expect(kicked.closed).toBe("You were sent out of this room.");
});

Deno.test("leaving says its reason when it has one, and being in again opens the room", () => {
  const left = after(start, { type: "room_left", roomId: ROOM, reason: "This room is for members." });
  expect(left.closed).toBe("This room is for members.");
  expect(after(start, { type: "room_left", roomId: ROOM }).closed).toBe("You are not in this room any more.");
  expect(after(left, { type: "room_joined", ...snapshot({}) }).closed).toBeNull();
});

Deno.test("the end of a room is known once it is announced, also after the room is joined anew", () => {
  expect(start.endsSoon).toBeNull();
  const endsAt = "2026-08-02T13:00:00.000Z";
  const warned = after(start, { type: "room_ttl_warning", roomId: ROOM, endsAt, secondsLeft: 600 });
  expect(warned.endsSoon).toBe(endsAt);
  expect(after(warned, { type: "room_joined", ...snapshot({}) }).endsSoon).toBe(endsAt);
});

Deno.test("older pages go before the window once, and the beginning of the room is noticed", () => {
  const late = fromSnapshot(snapshot({ headSeq: 9, messages: [messageAt(8), messageAt(9)], hasOlder: true }));
  const page = { messages: [messageAt(6), messageAt(7), messageAt(8)], nextCursor: "6" };
  const state = prependHistory(late, page);
  expect(state.messages.map((message) => message.seq)).toEqual([6, 7, 8, 9]);
  expect(prependHistory(state, page)).toBe(state);
  expect(prependHistory(state, { messages: [], nextCursor: null }).hasOlder).toBe(false);
});

Deno.test("trimming keeps the newest and says that there is more above", () => {
  const state = trimWindow(start, 2);
  expect([state.messages.map((message) => message.seq), state.hasOlder]).toEqual([[2, 3], true]);
  expect(trimWindow(state, 2)).toBe(state);
});

Deno.test("the pill counts what others wrote after a place", () => {
  expect(newSince([messageAt(1), messageAt(2, 1), messageAt(3), messageAt(4)], 1, ME)).toBe(2);
});
