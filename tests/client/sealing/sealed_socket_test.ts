import { expect } from "expect";
import type { ServerEvent } from "../../../lib/protocol/events.ts";
import type { ClientFrameInput } from "../../../lib/protocol/frames.ts";
import type { UserId } from "../../../lib/protocol/ids.ts";
import type { Snapshot } from "../../../lib/protocol/room_state.ts";
import type { HistoryPage, Viewer } from "../../../lib/protocol/types.ts";
import { Blocks } from "../../../lib/client/blocks.ts";
import type { Answer } from "../../../lib/client/connection.ts";
import { Listeners } from "../../../lib/client/listeners.ts";
import { Outbox } from "../../../lib/client/outbox.ts";
import { OutboxStore } from "../../../lib/client/outbox_store.ts";
import { Refusal } from "../../../lib/client/refusal.ts";
import { RoomClient } from "../../../lib/client/room.ts";
import { openWords } from "../../../lib/client/sealing/cipher.ts";
import { SealedMessages, UNREADABLE } from "../../../lib/client/sealing/messages.ts";
import { openHistory, SealedSocket } from "../../../lib/client/sealing/sealed_socket.ts";
import { ParleySocket, type RoomSocket, type SocketState } from "../../../lib/client/socket.ts";
import { ScriptedServer } from "../scripted_server.ts";
import { HandClock, HandPage, settled, SharedStorage, until } from "../support.ts";
import { newKeys, ROOM, saidEvent, sealedMessage } from "./support.ts";

/** A socket whose frames are fired by hand and whose questions wait for `answer`. */
class HandSocket implements RoomSocket {
  readonly state: SocketState = { phase: "connecting" };
  readonly sent: ClientFrameInput[] = [];
  readonly events = new Listeners<ServerEvent[]>();
  answer: (frame: ClientFrameInput) => Promise<Answer> = () => Promise.resolve({ type: "ack" });

  subscribe = () => () => {};
  start = () => {};
  stop = () => {};
  reconnect = () => {};
  onEvents = (listener: (events: ServerEvent[]) => void) => this.events.add(listener);
  send(frame: ClientFrameInput): void {
    this.sent.push(frame);
  }
  request(frame: ClientFrameInput): Promise<Answer> {
    this.sent.push(frame);
    return this.answer(frame);
  }
}

/** Opens a frame when the test says so. */
class SlowMessages extends SealedMessages {
  readonly doors: PromiseWithResolvers<void>[] = [];

  override async open(events: readonly ServerEvent[]): Promise<ServerEvent[]> {
    const door = Promise.withResolvers<void>();
    this.doors.push(door);
    const opened = await super.open(events);
    await door.promise;
    return opened;
  }
}

async function slow() {
  const keys = await newKeys();
  const inner = new HandSocket();
  const messages = new SlowMessages({ keys, author: "Bob" });
  const socket = new SealedSocket(inner, messages);
  const heard: string[] = [];
  const grown = new Listeners<number>();
  socket.onEvents((events) => {
    for (const event of events) heard.push(event.type === "new_message" ? event.message.body : event.type);
    grown.tell(heard.length);
  });
  const hears = (count: number) =>
    until(
      { subscribe: (tell: (n: number) => void) => grown.add(tell) },
      () => heard.length,
      (n) => n >= count,
    );
  const say = async (seq: number) => saidEvent(await sealedMessage(keys, { seq, text: `words ${seq}` }));
  const frames = [[await say(1), await say(2)], [await say(3)], [await say(4)]];
  return { keys, inner, socket, heard, hears, frames, doors: messages.doors };
}

/** Long enough for anything that does not wait for a door. */
const turns = () => new Promise((resolve) => setTimeout(resolve));

Deno.test("events are told in their order when a later frame is opened sooner", async () => {
  const { inner, heard, hears, frames, doors } = await slow();
  for (const frame of frames) inner.events.tell(frame);
  inner.events.tell([{ type: "ack" }]);
  for (const at of [3, 2, 1]) doors[at]!.resolve();
  await turns();
  expect(heard).toEqual([]);
  doors[0]!.resolve();
  await hears(5);
  expect(heard).toEqual(["words 1", "words 2", "words 3", "words 4", "ack"]);
});

Deno.test("an answer waits until all that came before it has been told", async () => {
  const { inner, socket, heard, frames, doors } = await slow();
  const ack: Answer = { type: "ack", id: "q1" };
  inner.answer = () => {
    inner.events.tell([...frames[0]!, ack]);
    return Promise.resolve(ack);
  };
  let answered = false;
  const asked = socket.request({ type: "join_room", roomId: ROOM, afterSeq: 0 }).then((answer) => {
    answered = true;
    return answer;
  });
  await turns();
  expect(answered).toBe(false);
  doors[0]!.resolve();
  expect(await asked).toBe(ack);
  expect(heard).toEqual(["words 1", "words 2", "ack"]);
});

Deno.test("a refusal waits likewise, and an answer holds opened words", async () => {
  const { keys, inner, socket, heard, frames, doors } = await slow();
  inner.answer = () => {
    inner.events.tell(frames[1]!);
    return Promise.reject(new Refusal("ROOM_EXPIRED", "Over."));
  };
  const refused = socket.request({ type: "join_room", roomId: ROOM }).catch((error) => error);
  await turns();
  doors[0]!.resolve();
  expect(await refused).toMatchObject({ code: "ROOM_EXPIRED" });
  expect(heard).toEqual(["words 3"]);

  const message = await sealedMessage(keys, { seq: 9, text: "in the snapshot" });
  const joined = { type: "room_joined", roomId: ROOM, id: "q2", messages: [message] } as unknown as Answer;
  inner.answer = () => {
    inner.events.tell([joined]);
    doors[1]!.resolve();
    return Promise.resolve(joined);
  };
  const answer = await socket.request({ type: "join_room", roomId: ROOM });
  expect(answer).toMatchObject({ messages: [{ body: "in the snapshot" }] });
});

Deno.test("words go only by request, where they are sealed", async () => {
  const { inner, socket } = await slow();
  const frame: ClientFrameInput = { type: "send_message", roomId: ROOM, clientId: "c", body: "secret words" };
  expect(() => socket.send(frame)).toThrow(TypeError);
  socket.send({ type: "typing", roomId: ROOM, on: true });
  await socket.request(frame);
  await expect(socket.request({ ...frame, body: "a".repeat(2001) })).rejects.toThrow(RangeError);
  expect(inner.sent.length).toBe(2);
  expect(JSON.stringify(inner.sent)).not.toContain("secret words");
});

const viewer: Viewer = {
  id: "1" as UserId,
  name: "Ada",
  tier: "ghost",
  ageCategory: "_18PLUS",
  role: "USER",
  room: ROOM,
};
const snapshot: Snapshot = {
  roomId: ROOM,
  room: { id: ROOM, kind: "ghost", name: "", topic: "", dir: "ltr", encrypted: true },
  headSeq: 0,
  readSeq: 0,
  messages: [],
  hasOlder: true,
  members: [],
  presence: { online: 0 },
};

/** A whole room over a real WebSocket, sealed in between. */
async function sealedRoom(page: HistoryPage) {
  const keys = await newKeys();
  const server = new ScriptedServer();
  const timers = new HandClock();
  const hand = new HandPage();
  const fetchTicket = () => Promise.resolve({ token: "t" });
  const parley = new ParleySocket({ url: server.url, fetchTicket, timers, page: hand, random: () => 0.5 });
  const messages = new SealedMessages({ keys, author: "Ada" });
  const socket = new SealedSocket(parley, messages);
  const store = new OutboxStore(new SharedStorage().tab(), viewer.id, ROOM);
  const outbox = new Outbox({
    roomId: ROOM,
    store,
    timers,
    request: (frame) => socket.request(frame),
    newId: () => "mine",
  });
  const blocks = new Blocks({
    ids: [],
    write: <Data>() => Promise.resolve({} as Data),
    fetchIds: () => Promise.resolve([]),
  });
  const fetchHistory = openHistory(messages, () => Promise.resolve(page));
  const client = new RoomClient({
    viewer,
    snapshot,
    socket,
    outbox,
    blocks,
    fetchHistory,
    timers,
    page: hand,
  });
  client.start();
  parley.start();
  const served = await server.accept();
  served.welcome();
  const stop = async () => {
    client.stop();
    parley.stop();
    await server.stop();
  };
  return { keys, client, served, stop };
}

Deno.test("a room shows plain words and sends none when its socket is sealed", async () => {
  const page: HistoryPage = { messages: [], nextCursor: null };
  const { keys, client, served, stop } = await sealedRoom(page);
  const joined = await served.next("join_room");
  const [old, one, forged] = await Promise.all([
    sealedMessage(keys, { seq: 1, text: "from history" }),
    sealedMessage(keys, { seq: 2, text: "from the snapshot" }),
    sealedMessage(await newKeys(), { seq: 3, text: "by somebody without the key" }),
  ]);
  page.messages = [old!];
  served.send({ ...snapshot, type: "room_joined", id: joined.id, headSeq: 2, messages: [one!] });
  served.send(saidEvent(forged!));
  await until(client, () => client.view, ({ room }) => room.headSeq === 3);
  await client.loadOlder();
  const shown = () => client.view.room.messages.map(({ body }) => body);
  expect(shown()).toEqual(["from history", "from the snapshot", UNREADABLE]);

  client.send("my own words");
  const frame = await served.next("send_message");
  expect(JSON.stringify(frame)).not.toContain("words");
  const place = { clientId: "mine", author: "Ada" };
  expect(await openWords(keys, place, frame.body)).toEqual({ text: "my own words", files: [] });
  expect(client.view.outgoing.map(({ body }) => body)).toEqual(["my own words"]);
  const mine = { ...old!, id: `${ROOM}-4` as typeof old.id, seq: 4, clientId: "mine", body: frame.body };
  served.send(saidEvent({ ...mine, author: { id: viewer.id, name: "Ada" } }), {
    type: "ack",
    id: frame.id,
    seq: 4,
  });
  await until(client, () => client.view, ({ outgoing }) => outgoing.length === 0);
  expect(shown().at(-1)).toBe("my own words");

  const editing = client.edit(mine.id, "other words");
  const edit = await served.next("edit_message");
  expect(await openWords(keys, place, edit.body)).toEqual({ text: "other words", files: [] });
  served.send(
    {
      type: "message_edited",
      roomId: ROOM,
      seq: 5,
      messageId: mine.id,
      body: edit.body,
      editedAt: "2026-08-02",
    },
    { type: "ack", id: edit.id },
  );
  await editing;
  expect(shown().at(-1)).toBe("other words");
  await settled();
  await stop();
});
