import { expect } from "expect";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";

const parley = parleyForFile({ nodes: 2 });
type Opened = { room: RoomInfo; created: boolean };

Deno.test("the same people meet in the same room, whoever writes first, also at once", async () => {
  const [here, there] = parley().nodes;
  const [maya, tom] = [await member(here!), await member(there!)];
  const both = await Promise.all([
    maya.post("/api/rooms/direct", { userIds: [tom.user.id] }),
    tom.post("/api/rooms/direct", { usernames: [maya.user.username!.toUpperCase()] }),
  ]);
  const [one, other] = await Promise.all(both.map((answer) => dataOf<Opened>(answer)));
  expect(one!.room.id).toBe(other!.room.id);
  expect([one!.created, other!.created].toSorted()).toEqual([false, true]);
  expect(one!.room.people!.map(({ id }) => id).toSorted()).toEqual([maya.user.id, tom.user.id].toSorted());

  const [a, b] = [await connect(here!, maya), await connect(there!, tom)];
  await a.join(one!.room.id);
  await b.join(one!.room.id);
  await b.say(one!.room.id, "hello you");
  expect((await a.take("new_message")).message.body).toBe("hello you");
  await Promise.all([a.close(), b.close()]);
});

Deno.test("nothing can be sent between two people from the moment that one blocks the other, and again afterwards", async () => {
  const [here, there] = parley().nodes;
  const [maya, tom] = [await member(here!), await member(there!)];
  const { room } = await dataOf<Opened>(await maya.post("/api/rooms/direct", { userIds: [tom.user.id] }));
  const socket = await connect(there!, tom);
  await socket.join(room.id);
  await socket.say(room.id, "one");
  await dataOf(await maya.post("/api/me/blocks", { userId: tom.user.id }));
  const say = () =>
    socket.request({ type: "send_message", roomId: room.id, clientId: crypto.randomUUID(), body: "two" });
  let answer = await say();
  for (let turn = 0; turn < 40 && answer.type === "ack"; turn++) {
    await new Promise((done) => setTimeout(done, 50));
    answer = await say();
  }
  expect(answer).toMatchObject({ type: "error", code: "FORBIDDEN" });
  await refusal(await tom.post("/api/rooms/direct", { userIds: [maya.user.id] }), 403, "FORBIDDEN");
  // What was said stays there to be read.
  expect((await tom.get(`/dm/${room.id}`)).response.status).toBe(200);
  const csrf = { "x-csrf-token": await maya.csrf() };
  await dataOf(await maya.fetch(`/api/me/blocks/${tom.user.id}`, { method: "DELETE", headers: csrf }));
  answer = await say();
  for (let turn = 0; turn < 40 && answer.type === "error"; turn++) {
    await new Promise((done) => setTimeout(done, 50));
    answer = await say();
  }
  expect(answer.type).toBe("ack");
  await socket.close();
});

Deno.test("a group of up to eight can be left, and two people cannot leave each other", async () => {
  const people = await Promise.all(Array.from({ length: 9 }, () => member(parley().node)));
  const [maya, tom, ana] = people;
  const ids = people.map(({ user }) => user.id);
  await refusal(await maya!.post("/api/rooms/direct", { userIds: ids.slice(1) }), 400, "VALIDATION_FAILED");
  const { room } = await dataOf<Opened>(await maya!.post("/api/rooms/direct", { userIds: ids.slice(1, 8) }));
  expect(room.people).toHaveLength(8);
  const socket = await connect(parley().node, tom!);
  await socket.join(room.id);
  await dataOf(await tom!.post(`/api/rooms/slug/${room.id}/leave`));
  expect((await socket.take("room_left")).roomId).toBe(room.id);
  await socket.close();
  const pair = await dataOf<Opened>(await maya!.post("/api/rooms/direct", { userIds: [ana!.user.id] }));
  await refusal(await ana!.post(`/api/rooms/slug/${pair.room.id}/leave`), 403, "FORBIDDEN");
});

Deno.test("whom one cannot write to is said when they are guests, nobody, oneself, or too many", async () => {
  const [maya, visitor] = [await member(parley().node), await guest(parley().node, { csrf: true })];
  for (
    const body of [
      { userIds: [visitor.user.id] },
      { usernames: ["nobody_of_this_name"] },
      { userIds: [maya.user.id] },
      {},
      { userIds: [], usernames: [] },
      { userIds: ["x"] },
      { usernames: Array.from({ length: 8 }, (_, index) => `name_${index}`) },
    ]
  ) await refusal(await maya.post("/api/rooms/direct", body), 400, "VALIDATION_FAILED");
  await refusal(await visitor.post("/api/rooms/direct", { userIds: [maya.user.id] }), 403, "FORBIDDEN");
});

Deno.test("the button on somebody's profile leads to the room with them", async () => {
  const [maya, tom] = [await member(parley().node), await member(parley().node, { name: "Tom Baker" })];
  const form = { csrf: await maya.csrf(), step: "message" };
  const sent = await maya.submit(`/u/${tom.user.username}`, form);
  expect([sent.status, sent.headers.get("location")]).toEqual([303, expect.stringMatching(/^\/dm\/\d+$/)]);
  expect((await maya.get(sent.headers.get("location")!)).text).toContain("Tom Baker");
  const stranger = await member(parley().node);
  expect((await stranger.get(sent.headers.get("location")!)).response.status).toBe(403);
});
