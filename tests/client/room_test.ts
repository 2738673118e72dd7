import { expect } from "expect";
import type { NewMessage, RoomJoined } from "../../lib/protocol/events.ts";
import type { MessageId, UserId } from "../../lib/protocol/ids.ts";
import { type Snapshot, typistsBeside } from "../../lib/protocol/room_state.ts";
import type { HistoryPage, Viewer } from "../../lib/protocol/types.ts";
import { Blocks } from "../../lib/client/blocks.ts";
import { Outbox } from "../../lib/client/outbox.ts";
import { OutboxStore } from "../../lib/client/outbox_store.ts";
import { RoomClient, type RoomDeps, type RoomView } from "../../lib/client/room.ts";
import { ParleySocket } from "../../lib/client/socket.ts";
import { ME, messageAt, ROOM, room } from "../protocol/room_model.ts";
import { type Frame, ScriptedServer, type ServedSocket } from "./scripted_server.ts";
import { HandClock, HandPage, SharedStorage, until } from "./support.ts";

const viewer: Viewer = { id: ME, name: "Me", tier: "guest", ageCategory: "_18PLUS", role: "USER" };
const snapshotOf = (...seqs: number[]): Snapshot => ({
  roomId: ROOM,
  room,
  headSeq: seqs.at(-1) ?? 0,
  readSeq: 0,
  messages: seqs.map((seq) => messageAt(seq)),
  hasOlder: (seqs[0] ?? 1) > 1,
  members: [],
  presence: { online: 0 },
});
const said = (seq: number, clientId = `c${seq}`, author = 2): NewMessage => ({
  type: "new_message",
  roomId: ROOM,
  seq,
  message: { ...messageAt(seq, author), clientId },
});
const seqs = (view: RoomView) => view.room.messages.map((message) => message.seq);

function setup(
  storage: SharedStorage,
  snapshot: Snapshot,
  pages: HistoryPage[],
  more: Pick<RoomDeps, "joinFrame" | "past">,
) {
  const write = <Data>() => Promise.resolve({} as Data);
  const blocks = new Blocks({ ids: [], write, fetchIds: () => Promise.resolve([]) });
  const server = new ScriptedServer();
  const clock = new HandClock();
  const page = new HandPage();
  const fetched: string[] = [];
  const fetchTicket = () => Promise.resolve({ token: "t" });
  const socket = new ParleySocket({ url: server.url, fetchTicket, timers: clock, page, random: () => 0.5 });
  const open = () => {
    const store = new OutboxStore(storage.tab(), ME, ROOM);
    const request = (frame: Parameters<typeof socket.request>[0]) => socket.request(frame);
    const outbox = new Outbox({ roomId: ROOM, store, timers: clock, request });
    const fetchHistory = (_room: string, cursor: string) => {
      fetched.push(cursor);
      return Promise.resolve(pages.shift()!);
    };
    return new RoomClient({
      viewer,
      snapshot,
      socket,
      outbox,
      blocks,
      fetchHistory,
      fetchNewer: (room, cursor) => fetchHistory(room, `after ${cursor}`),
      timers: clock,
      page,
      ...more,
      random: () => 0.5,
    });
  };
  const client = open();
  const shows = (wanted: (view: RoomView) => boolean) => until(client, () => client.view, wanted);
  /** Answers the join frame with a resume of these events. */
  const joins = async (served: ServedSocket, more: Partial<RoomJoined> = {}, events: NewMessage[] = []) => {
    const frame = await served.next("join_room");
    const toSeq = events.at(-1)?.seq ?? frame.afterSeq ?? 0;
    served.send(
      { type: "resumed", roomId: ROOM, fromSeq: frame.afterSeq ?? 0, toSeq, complete: true },
      ...events,
      { type: "room_joined", id: frame.id, ...snapshotOf(), headSeq: toSeq, resumed: true, ...more },
    );
    return frame;
  };
  const connect = async () => {
    const served = await server.accept();
    served.answersHeartbeats = true;
    served.welcome();
    return served;
  };
  /** Loses the connection and waits out the back-off. */
  const lose = async (served: ServedSocket) => {
    served.close(1001);
    await until(socket, () => socket.state, (state) => state.phase === "offline");
    clock.advance(30_000);
  };
  return { server, clock, page, socket, client, blocks, shows, joins, connect, lose, fetched };
}

type Parts = ReturnType<typeof setup>;
interface Start {
  storage?: SharedStorage;
  snapshot?: Snapshot;
  pages?: HistoryPage[];
  joinFrame?: RoomDeps["joinFrame"];
  past?: RoomDeps["past"];
}

async function inRoom(run: (parts: Parts) => Promise<void>, start: Start = {}): Promise<void> {
  const { storage = new SharedStorage(), snapshot = snapshotOf(1, 2, 3), pages = [], ...more } = start;
  const parts = setup(storage, snapshot, pages, more);
  try {
    parts.client.start();
    parts.socket.start();
    await run(parts);
  } finally {
    parts.client.stop();
    parts.socket.stop();
    await parts.server.stop();
  }
}

const acknowledge = (served: ServedSocket, frame: Frame<"send_message">, seq: number) =>
  served.send({
    type: "ack",
    id: frame.id,
    seq,
    clientId: frame.clientId,
    messageId: `${ROOM}-${seq}` as MessageId,
  });

Deno.test("the first join asks for what happened since the page was drawn", () =>
  inRoom(async (t) => {
    const frame = await t.joins(await t.connect(), {}, [said(4), said(5)]);
    expect(frame.afterSeq).toBe(3);
    expect(seqs(await t.shows((view) => view.room.headSeq === 5))).toEqual([1, 2, 3, 4, 5]);
  }));

Deno.test("after a loss the room is joined where it was left, and what was missed comes once", () =>
  inRoom(async (t) => {
    const first = await t.connect();
    await t.joins(first);
    first.send(said(4));
    await t.shows((view) => view.room.headSeq === 4);
    await t.lose(first);
    const second = await t.connect();
    const frame = await t.joins(second, {}, [said(4), said(5)]);
    expect(frame.afterSeq).toBe(4);
    expect(seqs(await t.shows((view) => view.room.headSeq === 5))).toEqual([1, 2, 3, 4, 5]);
  }));

Deno.test("a room that has a name of its own for joining is asked for by that", () =>
  inRoom(async (t) => {
    const frame = await t.joins(await t.connect(), {}, [said(4)]);
    expect(frame).toMatchObject({ type: "join_room", roomToken: "ghost-abcdefgh", afterSeq: 3 });
    expect(frame.roomId).toBeUndefined();
    await t.shows((view) => view.room.headSeq === 4);
  }, { joinFrame: (afterSeq) => ({ type: "join_room", roomToken: "ghost-abcdefgh", afterSeq }) }));

Deno.test("news of all my rooms leaves the open one's log alone", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    served.send({ type: "room_activity", roomId: ROOM, seq: 9 }, said(4));
    const view = await t.shows(({ room }) => room.headSeq === 4);
    expect(view.room.ahead).toBe(4);
    t.client.placed(false);
    expect(t.client.reading).toBe(false);
  }));

Deno.test("a gap in the events makes the client join again after its head", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    served.send(said(6));
    const frame = await t.joins(served, {}, [said(4), said(5), said(6)]);
    expect(frame.afterSeq).toBe(3);
    expect(seqs(await t.shows((view) => view.room.headSeq === 6))).toEqual([1, 2, 3, 4, 5, 6]);
  }));

Deno.test("when too much was missed the fresh page replaces the old one", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    const { id } = await served.next("join_room");
    served.send(
      { type: "resumed", roomId: ROOM, fromSeq: 3, toSeq: 3, complete: false },
      { type: "room_joined", id, ...snapshotOf(901, 902) },
    );
    const view = await t.shows((v) => v.room.headSeq === 902);
    expect([seqs(view), view.room.hasOlder]).toEqual([[901, 902], true]);
  }));

Deno.test("a join that the server cannot answer now is tried again, one that it forbids is not", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    const first = await served.next("join_room");
    served.send({ type: "error", id: first.id, code: "UNAVAILABLE", message: "Later." });
    while (!t.clock.waits.includes(250)) await new Promise((resolve) => setTimeout(resolve));
    t.clock.advance(250);
    const second = await served.next("join_room");
    served.send({ type: "error", id: second.id, code: "FORBIDDEN", message: "You may not do that here." });
    expect((await t.shows((view) => view.room.closed !== null)).room.closed).toBe(
      "You may not do that here.",
    );
  }));

Deno.test("a sent message shows at once, and is replaced by the log's own when that comes", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    t.client.send("hello", `${ROOM}-2` as MessageId);
    expect(t.client.view.outgoing).toMatchObject([{ body: "hello", replyTo: "7-2" }]);
    const frame = await served.next("send_message");
    expect(frame).toMatchObject({ roomId: ROOM, kind: "TEXT", body: "hello", replyTo: "7-2" });
    acknowledge(served, frame, 4);
    expect((await t.shows((view) => view.outgoing[0]?.state === "sent")).room.headSeq).toBe(3);
    served.send(said(4, frame.clientId, 1));
    const view = await t.shows((v) => v.outgoing.length === 0);
    expect(seqs(view)).toEqual([1, 2, 3, 4]);
  }));

Deno.test("sends made offline go out in order after the join, and one whose ack was lost is not there twice", () =>
  inRoom(async (t) => {
    const first = await t.connect();
    await t.joins(first);
    t.client.send("one");
    const one = await first.next("send_message");
    await t.lose(first);
    t.client.send("two");
    expect(t.client.view.outgoing.map((entry) => entry.state)).toEqual(["pending", "pending"]);
    const second = await t.connect();
    // The server had taken the first one: the resume brings it.
    await t.joins(second, {}, [said(4, one.clientId, 1)]);
    const two = await second.next("send_message");
    expect(two.body).toBe("two");
    acknowledge(second, two, 5);
    second.send(said(5, two.clientId, 1));
    expect(seqs(await t.shows((view) => view.outgoing.length === 0))).toEqual([1, 2, 3, 4, 5]);
  }));

Deno.test("sends survive a reload of the page", async () => {
  const storage = new SharedStorage();
  await inRoom((t) => {
    t.client.send("before the reload");
    return Promise.resolve();
  }, { storage });
  await inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    expect((await served.next("send_message")).body).toBe("before the reload");
  }, { storage });
});

Deno.test("the read pointer moves when the end is on screen and the tab visible, at most once a second", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    served.send(said(4), said(5));
    await t.shows((view) => view.room.headSeq === 5);
    t.clock.advance(1_000);
    expect(await served.next("read")).toMatchObject({ roomId: ROOM, seq: 5 });
    expect(t.client.view.room.readSeq).toBe(5);
    t.client.placed(false);
    served.send(said(6));
    expect((await t.shows((view) => view.room.headSeq === 6)).newBelow).toBe(1);
    t.clock.advance(5_000);
    t.page.change("hidden");
    t.client.placed(true);
    t.clock.advance(5_000);
    expect(t.client.view.room.readSeq).toBe(5);
    t.page.change("awake");
    t.clock.advance(1_000);
    expect((await served.next("read")).seq).toBe(6);
  }));

Deno.test("typing is told at most every 3 s and taken back when the field is emptied", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    t.client.typing.typed("h");
    t.client.typing.typed("he");
    t.clock.advance(3_000);
    t.client.typing.typed("hey");
    t.client.typing.typed("");
    const on = [await served.next("typing"), await served.next("typing"), await served.next("typing")];
    expect(on.map((frame) => frame.on)).toEqual([true, true, false]);
  }));

Deno.test("others' typing shows and goes by itself", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    served.send({ type: "typing", roomId: ROOM, user: { id: "2" as UserId, name: "Ana" }, on: true });
    await t.shows((view) => view.room.typing.length === 1);
    t.clock.advance(5_000);
    expect(t.client.view.room.typing).toEqual([]);
  }));

Deno.test("history comes a page at a time and a jump fetches what it needs", () =>
  inRoom(async (t) => {
    await t.client.loadOlder();
    expect(seqs(t.client.view)).toEqual([7, 8, 9, 10]);
    expect(await t.client.reach(2)).toBe(true);
    expect(seqs(t.client.view)).toEqual([1, 2, 4, 7, 8, 9, 10]);
    expect(t.client.view.room.hasOlder).toBe(false);
    await t.client.loadOlder();
    expect(t.fetched).toEqual(["9", "7", "3"]);
  }, {
    snapshot: snapshotOf(9, 10),
    pages: [
      { messages: [messageAt(7), messageAt(8)], nextCursor: "7" },
      { messages: [messageAt(4)], nextCursor: "3" },
      { messages: [messageAt(1), messageAt(2)], nextCursor: null },
    ],
  }));

const PAST: Start = {
  snapshot: { ...snapshotOf(29, 30), headSeq: 30 },
  past: { messages: [messageAt(10), messageAt(11)], hasOlder: true },
};
const shownSeqs = ({ room }: RoomView) => (room.past ?? room).messages.map(({ seq }) => seq);

Deno.test("a past grows on both sides until it meets the newest messages", () =>
  inRoom(async (t) => {
    await t.client.loadOlder();
    expect(shownSeqs(t.client.view)).toEqual([9, 10, 11]);
    expect(t.client.view.room.past!.hasOlder).toBe(false);
    // What lies between was deleted: the page is empty, and leads on.
    for (let pages = 0; pages < 2; pages++) await t.client.loadNewer();
    expect(shownSeqs(t.client.view)).toEqual([9, 10, 11, 20, 27]);
    await t.client.loadNewer();
    expect(t.client.view.room).toMatchObject({ past: null, hasOlder: false });
    expect(seqs(t.client.view)).toEqual([9, 10, 11, 20, 27, 29, 30]);
    await t.client.loadNewer();
    expect(t.fetched).toEqual(["10", "after 11", "after 15", "after 27"]);
  }, {
    ...PAST,
    pages: [
      { messages: [messageAt(9)], nextCursor: null },
      { messages: [], nextCursor: "15" },
      { messages: [messageAt(20), messageAt(27)], nextCursor: "27" },
      { messages: [messageAt(29), messageAt(30)], nextCursor: null },
    ],
  }));

Deno.test("nobody has read what comes while they look at the past, until they leave it", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served, { headSeq: 30 });
    served.send(said(31));
    await t.shows((view) => view.newBelow === 1);
    expect(t.client.reading).toBe(false);
    expect(shownSeqs(t.client.view)).toEqual([10, 11]);
    t.client.toPresent();
    t.client.placed(true);
    expect(seqs(t.client.view)).toEqual([29, 30, 31]);
    expect(t.client.view.newBelow).toBe(0);
    t.clock.advance(0);
    expect(await served.next("read")).toMatchObject({ seq: 31 });
  }, PAST));

Deno.test("a jump leads out of the past when it goes to the newest messages, and back in it otherwise", () =>
  inRoom(async (t) => {
    expect(await t.client.reach(7)).toBe(true);
    expect(shownSeqs(t.client.view)).toEqual([7, 8, 10, 11]);
    // Between the two windows lies what only a page of its own shows.
    expect(await t.client.reach(20)).toBe(false);
    expect(await t.client.reach(29)).toBe(true);
    expect(t.client.view.room.past).toBe(null);
  }, { ...PAST, pages: [{ messages: [messageAt(7), messageAt(8)], nextCursor: "7" }] }));

Deno.test("an edit that the server refuses rejects with its words", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    const edited = t.client.edit(`${ROOM}-2` as MessageId, "new words").catch((error) => error);
    const { id } = await served.next("edit_message");
    served.send({ type: "error", id, code: "FORBIDDEN", message: "You may not do that here." });
    expect(await edited).toMatchObject({ code: "FORBIDDEN", message: "You may not do that here." });
  }));

Deno.test("what blocked people say is neither counted nor announced, until they are unblocked", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    t.client.placed(false);
    await t.blocks.block("3" as UserId);
    served.send(said(4, "c4", 3), said(5, "c5", 2));
    const heard = await t.shows((view) => view.room.headSeq === 5);
    expect([...heard.blocked]).toEqual(["3"]);
    expect(heard.newBelow).toBe(1);
    expect(heard.announced.map(({ seq }) => seq)).toEqual([5]);
    await t.blocks.unblock("3" as UserId);
    expect(t.client.view.newBelow).toBe(2);
  }));

Deno.test("the typing line leaves out whom I have blocked", () =>
  inRoom(async (t) => {
    const served = await t.connect();
    await t.joins(served);
    for (const id of ["2", "3"] as UserId[]) {
      served.send({ type: "typing", roomId: ROOM, user: { id, name: `user ${id}` }, on: true });
    }
    const { room } = await t.shows((view) => view.room.typing.length === 2);
    await t.blocks.block("3" as UserId);
    expect(typistsBeside(room, ME, t.client.view.blocked)).toEqual(["user 2"]);
  }));
