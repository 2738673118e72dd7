/** What is new to somebody is the same on all their devices, whichever isolate each of them is on. */
import { expect } from "expect";
import { callsElsewhere } from "../../lib/protocol/attention.ts";
import { messageIdOf, type RoomId } from "../../lib/protocol/ids.ts";
import { reduceRooms, type RoomsEvent } from "../../lib/protocol/rooms_list.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { ask, join, slugRoom } from "../rooms/slug.ts";
import { type Member, member } from "../support/member.ts";
import { type Node, parleyForFile } from "../support/node.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { dataOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

const parley = parleyForFile({ nodes: 2 });

/** A page with the list of my rooms, which follows what it hears as the browser's does. */
class Device {
  private constructor(readonly socket: TestSocket, readonly who: Member) {}

  /** The server tells the others; the page that reads knows. */
  async read(roomId: RoomId, seq: number): Promise<void> {
    await this.socket.done({ type: "read", roomId, seq });
    this.socket.events.push({ type: "read", roomId, seq });
  }

  static async of(node: Node, who: Member): Promise<Device> {
    const socket = await connect(node, who);
    await socket.done({ type: "watch_rooms", on: true });
    await socket.take("rooms_watched");
    return new Device(socket, who);
  }

  get rooms(): readonly MyRoom[] {
    const news = this.socket.events.filter((event): event is RoomsEvent =>
      event.type === "rooms_watched" || event.type === "room_activity" || event.type === "read"
    );
    return news.reduce(
      (rooms, event) => reduceRooms(rooms, event, this.who.user.id),
      [] as readonly MyRoom[],
    );
  }

  /** Unread and mentions of a room, and what the title counts. */
  shows(roomId: RoomId): [unread: number, mentions: number, title: number] {
    const room = this.rooms.find(({ id }) => id === roomId);
    return [room ? room.headSeq - room.readSeq : -1, room?.mentions ?? -1, callsElsewhere(this.rooms, null)];
  }

  async comesToShow(roomId: RoomId, ...wanted: [number, number, number]): Promise<void> {
    await until(`${wanted} here`, () => this.shows(roomId).join() === wanted.join());
  }
}

/** Maya at her desk and with her phone, each on an isolate of its own; Tom speaks in a room that both are in. */
async function scene() {
  const [here, there] = parley().nodes;
  const [maya, tom] = [await member(here!), await member(there!, { name: "Tom" })];
  const room = await slugRoom(here!, tom, { name: "Book club" });
  await join(here!, room, maya);
  const roomId = room.id;
  const [desk, phone] = [await Device.of(here!, maya), await Device.of(there!, maya)];
  const speaker = await connect(there!, tom);
  const { seq: head } = await speaker.say(roomId, "begin");
  await phone.read(roomId, head);
  await Promise.all([desk, phone].map((device) => device.comesToShow(roomId, 0, 0, 0)));
  const hi = `hi @${maya.user.username}`;
  const close = () => Promise.all([desk.socket, phone.socket, speaker].map((socket) => socket.close()));
  return { here: here!, there: there!, maya, tom, roomId, desk, phone, speaker, hi, head, close };
}

/** What a page that is opened now shows. */
async function shownAnew(node: Node, who: Member, roomId: RoomId): Promise<number[]> {
  const rooms = await dataOf<MyRoom[]>(await ask(node, who, "GET", "/api/rooms"));
  const room = rooms.find(({ id }) => id === roomId)!;
  return [room.headSeq - room.readSeq, room.mentions];
}

Deno.test("what is unread on two devices on two isolates is read on both when it is read on one", async () => {
  const { here, there, maya, roomId, desk, phone, speaker, hi, head, close } = await scene();
  await speaker.say(roomId, "a plain line");
  await speaker.say(roomId, hi);
  for (const device of [desk, phone]) await device.comesToShow(roomId, 2, 1, 1);
  for (const node of [here, there]) expect(await shownAnew(node, maya, roomId)).toEqual([2, 1]);
  await phone.read(roomId, head + 2);
  await desk.comesToShow(roomId, 0, 0, 0);
  for (const node of [here, there]) expect(await shownAnew(node, maya, roomId)).toEqual([0, 0]);
  await close();
});

Deno.test("a mention that was read is counted nowhere any more when what came after it is still new", async () => {
  const { here, maya, roomId, desk, phone, speaker, hi, head, close } = await scene();
  await speaker.say(roomId, hi);
  await speaker.say(roomId, "and something else");
  for (const device of [desk, phone]) await device.comesToShow(roomId, 2, 1, 1);
  await phone.read(roomId, head + 1);
  for (const device of [desk, phone]) await device.comesToShow(roomId, 1, 0, 0);
  expect(await shownAnew(here, maya, roomId)).toEqual([1, 0]);
  await close();
});

Deno.test("messages are new again on all devices, and mentions with them, when they are marked unread on one", async () => {
  const { here, there, maya, roomId, desk, phone, speaker, hi, head, close } = await scene();
  await speaker.say(roomId, "a plain line");
  await speaker.say(roomId, hi);
  await desk.comesToShow(roomId, 2, 1, 1);
  await phone.read(roomId, head + 2);
  await desk.comesToShow(roomId, 0, 0, 0);
  await desk.socket.done({ type: "mark_unread", messageId: messageIdOf(roomId, head + 1) });
  for (const device of [desk, phone]) await device.comesToShow(roomId, 2, 1, 1);
  for (const node of [here, there]) expect(await shownAnew(node, maya, roomId)).toEqual([2, 1]);
  // What is new already stays so.
  await desk.socket.done({ type: "mark_unread", messageId: messageIdOf(roomId, head + 2) });
  expect(await shownAnew(there, maya, roomId)).toEqual([2, 1]);
  await phone.read(roomId, head + 2);
  await desk.comesToShow(roomId, 0, 0, 0);
  await close();
});

Deno.test("nothing is marked unread in a room that one may not read, nor for anybody else", async () => {
  const { here, maya, tom, roomId, speaker, head, close } = await scene();
  const eve = await connect(here, await member(here));
  const messageId = messageIdOf(roomId, head);
  expect((await eve.refused({ type: "mark_unread", messageId })).code).toBe("NOT_A_MEMBER");
  await speaker.done({ type: "read", roomId, seq: head });
  await speaker.done({ type: "mark_unread", messageId });
  expect([await shownAnew(here, maya, roomId), await shownAnew(here, tom, roomId)]).toEqual([[0, 0], [1, 0]]);
  await eve.close();
  await close();
});

Deno.test("a level that is set for a room counts on every device at once", async () => {
  const { here, maya, roomId, desk, phone, speaker, hi, close } = await scene();
  await speaker.say(roomId, hi);
  for (const device of [desk, phone]) await device.comesToShow(roomId, 1, 1, 1);
  const put = (level: string | null) =>
    ask(here, maya, "PUT", `/api/notifications/rooms/${roomId}`, { level });
  await dataOf(await put("nothing"));
  for (const device of [desk, phone]) await device.comesToShow(roomId, 1, 1, 0);
  await dataOf(await put(null));
  for (const device of [desk, phone]) await device.comesToShow(roomId, 1, 1, 1);
  await close();
});
