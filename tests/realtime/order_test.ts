import { expect } from "expect";
import { eventsAfter } from "../../db/queries/events.ts";
import { pageWithHead } from "../../db/queries/messages.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { parleyForFile } from "../support/node.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
import { until } from "../support/wait.ts";

const parley = parleyForFile({ nodes: 2 });

async function join(count: number, roomId: RoomId): Promise<TestSocket[]> {
  return await Promise.all(Array.from({ length: count }, async (_, index) => {
    const node = parley().nodes[index % 2]!;
    const socket = await connect(node, await guest(node, { name: `Guest ${index}` }));
    await socket.join(roomId);
    return socket;
  }));
}

/** Says `count` things, some of which it edits or deletes again, without waiting for each answer. */
async function chat(socket: TestSocket, roomId: RoomId, count: number): Promise<void> {
  for (let index = 0; index < count; index += 10) {
    const acks = await Promise.all(
      Array.from({ length: 10 }, (_, of) => socket.say(roomId, `Line ${index + of}`)),
    );
    const [changed, removed] = [acks[3]!.messageId!, acks[7]!.messageId!];
    await Promise.all([
      socket.done({
        type: "edit_message",
        messageId: changed,
        body: `Line ${index + 3}, on second thoughts`,
      }),
      socket.done({ type: "delete_message", messageId: removed }),
    ]);
  }
}

async function headOf(roomId: RoomId): Promise<number> {
  return (await pageWithHead(parley().database.sql, roomId, { reader: null, limit: 1 })).headSeq;
}

/** Waits until a socket has heard of everything up to `head`. */
async function caughtUp(socket: TestSocket, roomId: RoomId, head: number): Promise<void> {
  await until(`everything up to ${head}`, () => (socket.log(roomId).at(-1)?.seq ?? 0) >= head || undefined);
}

Deno.test("every client sees the one log without a gap when many speak on two nodes at once", async () => {
  const { id: roomId } = await roomOf(parley().node, "general", "en");
  const sockets = await join(12, roomId);
  await Promise.all(sockets.map((socket) => chat(socket, roomId, 100)));
  const head = await headOf(roomId);
  expect(head).toBe(12 * 120);
  const log = (await eventsAfter(parley().database.sql, [{ roomId, after: 0 }], head)).get(roomId)!;
  expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
  for (const socket of sockets) {
    await caughtUp(socket, roomId, head);
    const seen = socket.log(roomId);
    expect(seen.map(({ seq, type }) => [seq, type])).toEqual(log.map(({ seq, type }) => [seq, type]));
  }
  for (const socket of sockets) await socket.close();
});

Deno.test("an older view and its events equal a fresh view when a room was joined at any moment", async () => {
  const { id: roomId } = await roomOf(parley().node, "general", "fr");
  const speakers = await join(4, roomId);
  const late: TestSocket[] = [];
  const speaking = Promise.all(speakers.map((socket) => chat(socket, roomId, 150)));
  let over = false;
  const speech = speaking.finally(() => over = true);
  // Joins fall into the midst of commits on both nodes, and often leave the node's channel to be opened anew.
  while (!over) late.push(...await join(2, roomId));
  await speech;
  const head = await headOf(roomId);
  const fresh = await pageWithHead(parley().database.sql, roomId, { reader: null, limit: 10_000 });
  expect(late.length).toBeGreaterThan(4);
  for (const socket of [...speakers, ...late]) {
    await until(`a view up to ${head}`, () => viewOf(socket.events, roomId).headSeq === head || undefined);
    const view = viewOf(socket.events, roomId);
    expect(view.messages).toEqual(fresh.messages.slice(-view.messages.length));
  }
  for (const socket of [...speakers, ...late]) await socket.close();
});

Deno.test("frames hold many events when a room is busy", async () => {
  const { id: roomId } = await roomOf(parley().node, "general", "de");
  const [speaker, listener] = await join(2, roomId);
  const before = listener!.frames.length;
  await Promise.all(Array.from({ length: 200 }, (_, index) => speaker!.say(roomId, `Line ${index}`)));
  await caughtUp(listener!, roomId, 200);
  expect(listener!.frames.length - before).toBeLessThan(100);
  for (const socket of [speaker!, listener!]) await socket.close();
});
