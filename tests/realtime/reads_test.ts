import { expect } from "expect";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";

const parley = parleyForFile({ nodes: 2 });

/** One person on three sockets, two of them on the second node, in a room with ten messages. */
async function devices(language: string) {
  const [here, there] = parley().nodes;
  const who = await guest(here!, { name: "Ann" });
  const { id: roomId } = await roomOf(here!, "general", language);
  const sockets = [await connect(here!, who), await connect(here!, who), await connect(there!, who)];
  for (const socket of sockets) await socket.join(roomId);
  for (let index = 0; index < 10; index++) await sockets[0]!.say(roomId, `Line ${index}`);
  return { who, roomId, sockets, there: there! };
}

Deno.test("a read pointer is the same on every device when one of them reads", async () => {
  const { who, roomId, sockets, there } = await devices("en");
  const [phone, ...others] = sockets;
  expect(await phone!.done({ type: "read", roomId, seq: 7 })).toMatchObject({ seq: 7 });
  for (const socket of others) expect(await socket.take("read")).toEqual({ type: "read", roomId, seq: 7 });
  const late = await connect(there, who);
  expect((await late.join(roomId)).readSeq).toBe(7);
  for (const socket of [...sockets, late]) await socket.close();
});

Deno.test("a read pointer does not go back, nor past the head, when it is told to", async () => {
  const { roomId, sockets } = await devices("fr");
  const [phone] = sockets;
  await phone!.done({ type: "read", roomId, seq: 7 });
  expect(await phone!.done({ type: "read", roomId, seq: 3 })).toMatchObject({ seq: 7 });
  expect(await phone!.done({ type: "read", roomId, seq: 1_000_000 })).toMatchObject({ seq: 10 });
  for (const socket of sockets) await socket.close();
});

Deno.test("a read pointer is nobody else's business when it moves", async () => {
  const { roomId, sockets, there } = await devices("de");
  const ben = await connect(there, await guest(there, { name: "Ben" }));
  expect((await ben.join(roomId)).readSeq).toBe(0);
  await sockets[0]!.done({ type: "read", roomId, seq: 5 });
  await sockets[2]!.take("read");
  await ben.done({ type: "heartbeat" });
  expect(ben.events.some(({ type }) => type === "read")).toBe(false);
  for (const socket of [...sockets, ben]) await socket.close();
});
