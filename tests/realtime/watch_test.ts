import { expect } from "expect";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, roomOf } from "../support/visitor.ts";

const parley = parleyForFile({ nodes: 2 });

Deno.test("news of all my rooms reach a page that is in none of them, across nodes", async () => {
  const [here, there] = parley().nodes;
  const [maya, tom] = [await member(here!), await member(there!, { name: "Tom" })];
  const opened = await maya.post("/api/rooms/direct", { userIds: [tom.user.id] });
  const { room } = await dataOf<{ room: RoomInfo }>(opened);
  const [dashboard, phone, toms] = [
    await connect(here!, maya),
    await connect(there!, maya),
    await connect(there!, tom),
  ];
  await dashboard.done({ type: "watch_rooms", on: true });
  const { rooms } = await dashboard.take("rooms_watched");
  expect(rooms).toMatchObject([{ id: room.id, headSeq: 0, readSeq: 0, mentions: 0 }]);

  await toms.say(room.id, `come over, @${maya.user.username}`);
  const news = await dashboard.take("room_activity");
  expect(news).toMatchObject({
    roomId: room.id,
    seq: 1,
    messages: 1,
    mentioned: [maya.user.id],
    last: { author: { name: "Tom" }, body: expect.stringContaining("come over") },
  });
  // Read on the phone: the dashboard knows.
  await phone.done({ type: "read", roomId: room.id, seq: 1 });
  expect(await dashboard.take("read")).toMatchObject({ roomId: room.id, seq: 1 });
  // It is not in the room: nothing else of it comes.
  expect(dashboard.events.filter(({ type }) => type === "new_message")).toEqual([]);
  // A reaction is no news of a room: nothing is unread for it.
  await phone.done({ type: "react", messageId: `${room.id}-1` as never, emoji: "👍", on: true });
  await toms.say(room.id, "see you");
  expect(await dashboard.take("room_activity", ({ seq }) => seq > 1)).toMatchObject({ seq: 3, messages: 1 });
  await dashboard.done({ type: "watch_rooms", on: true });
  expect((await dashboard.take("rooms_watched")).rooms).toMatchObject([{
    headSeq: 3,
    readSeq: 1,
    unread: 1,
  }]);
  await Promise.all([dashboard, phone, toms].map((socket) => socket.close()));
});

Deno.test("the list itself follows when I come into a room or somebody writes to me for the first time", async () => {
  const [here, there] = parley().nodes;
  const [maya, tom] = [await member(here!), await member(there!)];
  const dashboard = await connect(here!, maya);
  await dashboard.done({ type: "watch_rooms", on: true });
  expect((await dashboard.take("rooms_watched")).rooms).toEqual([]);
  const opened = await tom.post("/api/rooms/direct", { userIds: [maya.user.id] });
  const { room } = await dataOf<{ room: RoomInfo }>(opened);
  expect((await dashboard.take("rooms_watched")).rooms.map(({ id }) => id)).toEqual([room.id]);
  const toms = await connect(there!, tom);
  await toms.say(room.id, "hello");
  expect((await dashboard.take("room_activity")).last!.body).toBe("hello");
  await toms.done({ type: "delete_message", messageId: `${room.id}-1` as never });
  const after = await dashboard.take("rooms_watched", ({ rooms }) => rooms[0]?.last?.deleted === true);
  expect(after.rooms[0]!.last!.body).toBe("");
  await Promise.all([dashboard.close(), toms.close()]);
});

Deno.test("a busy room tells those who only watch once a second at most", async () => {
  const { node } = parley();
  const [maya, tom] = [await member(node), await member(node)];
  const { id } = await roomOf(node);
  const [dashboard, toms] = [await connect(node, maya), await connect(node, tom)];
  await dashboard.done({ type: "read", roomId: id, seq: 1 });
  await toms.say(id, "before");
  await dashboard.done({ type: "read", roomId: id, seq: 1 });
  await dashboard.done({ type: "watch_rooms", on: true });
  const began = performance.now();
  for (let count = 1; count <= 40; count++) await toms.say(id, `line ${count}`);
  await dashboard.take("room_activity", ({ last }) => last?.body === "line 40");
  const told = dashboard.events.filter(({ type }) => type === "room_activity").length;
  expect(told).toBeLessThanOrEqual(2 + Math.ceil((performance.now() - began) / 1000));
  await Promise.all([dashboard.close(), toms.close()]);
});
