import { expect } from "expect";
import type { RoomActivity } from "../../lib/protocol/events.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { RoomsWatch } from "../../lib/client/rooms_watch.ts";
import { ParleySocket } from "../../lib/client/socket.ts";
import { ME } from "../protocol/room_model.ts";
import { ScriptedServer } from "./scripted_server.ts";
import { HandClock, HandPage, until } from "./support.ts";

const myRoom = (id: string): MyRoom => ({
  id: id as RoomId,
  kind: "password",
  name: `Room ${id}`,
  dir: "ltr",
  role: "member",
  headSeq: 5,
  readSeq: 5,
  unread: 0,
  mentions: 0,
  online: 0,
});
const said = (roomId: string, seq: number): RoomActivity => ({
  type: "room_activity",
  roomId: roomId as RoomId,
  seq,
  messages: 1,
  last: {
    author: { id: "2" as UserId, name: "Ann" },
    kind: "TEXT",
    body: "hello",
    at: "2026-08-02T12:00:00.000Z",
  },
});
const ids = (rooms: readonly MyRoom[]) => rooms.map(({ id }) => id).join();

function setup() {
  const server = new ScriptedServer();
  const clock = new HandClock();
  const fetchTicket = () => Promise.resolve({ token: "t" });
  const deps = { timers: clock, random: () => 0.5 };
  const socket = new ParleySocket({ url: server.url, fetchTicket, page: new HandPage(), ...deps });
  const reading: { room: RoomId | null } = { room: null };
  const watch = new RoomsWatch({
    ...{ socket, me: ME, ...deps },
    rooms: [myRoom("1"), myRoom("2")],
    reading: () => reading.room,
  });
  const connect = async () => {
    const served = await server.accept();
    served.answersHeartbeats = true;
    served.welcome();
    return served;
  };
  const shows = (wanted: (rooms: readonly MyRoom[]) => boolean) => until(watch, () => watch.rooms, wanted);
  return { server, clock, socket, watch, reading, connect, shows };
}

async function watching(run: (parts: ReturnType<typeof setup>) => Promise<void>): Promise<void> {
  const parts = setup();
  try {
    parts.watch.start();
    parts.socket.start();
    await run(parts);
  } finally {
    parts.watch.stop();
    parts.socket.stop();
    await parts.server.stop();
  }
}

Deno.test("the list is asked for at every connection and stands as the page drew it until then", () =>
  watching(async ({ connect, shows, watch, socket, clock }) => {
    expect(ids(watch.rooms)).toBe("1,2");
    const first = await connect();
    const asked = await first.next("watch_rooms");
    expect(asked.on).toBe(true);
    first.send({ type: "rooms_watched", id: asked.id, rooms: [myRoom("3")] });
    await shows((rooms) => ids(rooms) === "3");
    first.close(1001);
    await until(socket, () => socket.state, (state) => state.phase === "offline");
    clock.advance(30_000);
    const second = await connect();
    const { id } = await second.next("watch_rooms");
    second.send({ type: "rooms_watched", id, rooms: [myRoom("4"), myRoom("3")] });
    await shows((rooms) => ids(rooms) === "4,3");
  }));

Deno.test("news moves a room up and counts, and what is read on another device counts no more", () =>
  watching(async ({ connect, shows }) => {
    const served = await connect();
    served.send(said("2", 6));
    const rooms = await shows((list) => ids(list) === "2,1");
    expect(rooms.map(({ unread }) => unread)).toEqual([1, 0]);
    served.send({ type: "read", roomId: "2" as RoomId, seq: 6 });
    await shows((list) => list[0]!.unread === 0);
  }));

Deno.test("what the page itself shows or has read is not counted", () =>
  watching(async ({ connect, shows, reading, watch }) => {
    const served = await connect();
    reading.room = "2" as RoomId;
    served.send(said("2", 6));
    expect((await shows((list) => ids(list) === "2,1")).map(({ unread }) => unread)).toEqual([0, 0]);
    reading.room = null;
    served.send(said("2", 7));
    await shows((list) => list[0]!.unread === 1);
    watch.read("2" as RoomId, 7);
    expect(watch.rooms.map(({ unread }) => unread)).toEqual([0, 0]);
  }));

Deno.test("the list is asked for again when the server cannot tell it now, and not when it is refused", () =>
  watching(async ({ connect, clock }) => {
    const served = await connect();
    const first = await served.next("watch_rooms");
    served.send({ type: "error", id: first.id, code: "UNAVAILABLE", message: "Later." });
    while (!clock.waits.includes(250)) await new Promise((resolve) => setTimeout(resolve));
    clock.advance(250);
    const second = await served.next("watch_rooms");
    const waits = clock.waits.length;
    served.send({ type: "error", id: second.id, code: "FORBIDDEN", message: "No." });
    // The wait for the answer is over, and no other has begun.
    while (clock.waits.length >= waits) await new Promise((resolve) => setTimeout(resolve));
    clock.advance(60_000);
    served.send(said("1", 6));
    expect(served.frames.size === 0 || (await served.frames.next()).type !== "watch_rooms").toBe(true);
  }));

Deno.test("listeners are left alone when an event changes nothing", () =>
  watching(async ({ connect, shows, watch }) => {
    const served = await connect();
    let told = 0;
    watch.subscribe(() => told++);
    served.send(said("9", 1), said("1", 5), said("1", 6));
    await shows((list) => list[0]!.unread === 1);
    expect(told).toBe(1);
  }));
