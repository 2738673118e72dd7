import { expect } from "expect";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import type { MessageId, RoomId } from "../../lib/protocol/ids.ts";
import { parleyForFile } from "../support/node.ts";
import { RawSocket } from "../support/raw_socket.ts";
import { connect, ticketFor } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { before } from "../support/wait.ts";

const parley = parleyForFile();

/** A socket in the English room of the general lounge. */
async function inRoom() {
  const { node } = parley();
  const who = await guest(node);
  const { id: roomId } = await roomOf(node);
  const socket = await connect(node, who);
  await socket.join(roomId);
  return { who, roomId, socket };
}

Deno.test("a frame is acknowledged under its id when it is good", async () => {
  const { socket, roomId } = await inRoom();
  const said = await socket.done({
    type: "send_message",
    id: "s",
    roomId,
    clientId: "c-1",
    kind: "TEXT",
    body: "Hello",
  });
  expect(said).toMatchObject({ id: "s", clientId: "c-1", messageId: `${roomId}-${said.seq}` });
  const messageId = said.messageId!;
  const edited = await socket.done({ type: "edit_message", id: "e", messageId, body: "Hello!" });
  expect(edited).toEqual({ type: "ack", id: "e", messageId, seq: said.seq! + 1 });
  const deleted = await socket.done({ type: "delete_message", id: "d", messageId });
  expect(deleted).toEqual({ type: "ack", id: "d", messageId, seq: said.seq! + 2 });
  expect(await socket.done({ type: "typing", id: "t", roomId, on: true })).toEqual({ type: "ack", id: "t" });
  expect(await socket.done({ type: "read", id: "r", roomId, seq: said.seq! })).toMatchObject({
    id: "r",
    seq: said.seq,
  });
  expect(await socket.done({ type: "heartbeat", id: "h" })).toEqual({ type: "ack", id: "h" });
  expect(await socket.done({ type: "heartbeat", id: "a", away: true })).toEqual({ type: "ack", id: "a" });
  expect(await socket.done({ type: "leave_room", id: "l", roomId })).toEqual({ type: "ack", id: "l" });
  expect(await socket.take("room_left")).toEqual({ type: "room_left", id: "l", roomId });
  await socket.close();
});

Deno.test("a send is acknowledged by its clientId when it has no id", async () => {
  const { socket, roomId } = await inRoom();
  socket.send({ type: "send_message", roomId, clientId: "no-id", body: "Hello" });
  const ack = await socket.take("ack", ({ clientId }) => clientId === "no-id");
  expect(ack.seq).toBeGreaterThan(0);
  expect(ack.id).toBeUndefined();
  await socket.close();
});

Deno.test("a frame is refused by name and the socket stays open when it is not known", async (test) => {
  const { socket, roomId } = await inRoom();
  const send = { type: "send_message", roomId, clientId: "x", body: "Hello" };
  const bad: Record<string, unknown> = {
    "its type is unknown": { type: "shout", roomId },
    "it has no type": { roomId },
    "it has a field too many": { ...send, urgent: true },
    "it is an array": [send],
    "its room is missing": { type: "send_message", clientId: "x", body: "Hello" },
    "its room is a number": { ...send, roomId: 1 },
    "its room id is no id": { ...send, roomId: "1; drop table rooms" },
    "its room id is too great for the database": { ...send, roomId: "9".repeat(19) },
    "its body is missing": { type: "send_message", roomId, clientId: "x" },
    "its body is empty": { ...send, body: "" },
    "its body is blank": { ...send, body: " \n\t " },
    "its body has 2,001 characters": { ...send, body: "x".repeat(2001) },
    "its clientId is missing": { type: "send_message", roomId, body: "Hello" },
    "its clientId is empty": { ...send, clientId: "" },
    "its clientId has 65 characters": { ...send, clientId: "x".repeat(65) },
    "its clientId holds what the database would change": { ...send, clientId: "x\0" },
    "its clientId holds half a character": { ...send, clientId: "x\ud800" },
    "its kind is not one for guests": { ...send, kind: "SYSTEM" },
    "it carries attachments": { ...send, attachments: [{ id: "1" }] },
    "its reply names no message": { ...send, replyTo: "first" },
    "its seq is negative": { type: "read", roomId, seq: -1 },
    "its seq is a fraction": { type: "read", roomId, seq: 1.5 },
    "its seq is past what numbers hold": { type: "join_room", roomId, afterSeq: 2 ** 53 },
    "its switch is text": { type: "typing", roomId, on: "yes" },
    "it edits nothing": { type: "edit_message", body: "Hello" },
    "it edits into nothing": { type: "edit_message", messageId: `${roomId}-1`, body: "" },
    "it reacts with a word": { type: "react", messageId: `${roomId}-1`, emoji: "yes", on: true },
    "it marks no message unread": { type: "mark_unread", messageId: roomId },
  };
  for (const [what, frame] of Object.entries(bad)) {
    await test.step(what, async () => {
      const id = crypto.randomUUID();
      socket.sendRaw(JSON.stringify(Array.isArray(frame) ? frame : { id, ...frame as object }));
      const error = await socket.take("error", (event) => Array.isArray(frame) || event.id === id);
      expect(error).toMatchObject({ code: "VALIDATION_FAILED", message: expect.any(String) });
    });
  }
  await socket.done({ type: "heartbeat" });
  await socket.close();
});

Deno.test("a message is taken when it has 2,000 characters of whatever width", async () => {
  const { socket, roomId } = await inRoom();
  for (const body of ["x".repeat(2000), "字".repeat(2000), "🦊".repeat(2000)]) {
    const { seq } = await socket.say(roomId, body);
    const { message } = await socket.take("new_message", (event) => event.seq === seq);
    expect(message.body).toBe(body);
  }
  await socket.close();
});

Deno.test("a socket is closed with 1009 when a frame is over 16 KiB", async (test) => {
  const frame = (size: number) => `{"type":"heartbeat","id":"${"x".repeat(size - 30)}"}`.padEnd(size);
  await test.step("and stays open at exactly 16 KiB", async () => {
    const { socket } = await inRoom();
    socket.sendRaw(frame(16 * 1024));
    await socket.take("error");
    await socket.done({ type: "heartbeat" });
    await socket.close();
  });
  await test.step("by one byte", async () => {
    const { socket } = await inRoom();
    socket.sendRaw(frame(16 * 1024 + 1));
    expect(await before(socket.closed, "the end")).toMatchObject({
      code: 1009,
      reason: expect.stringContaining("16384"),
    });
  });
  await test.step("counted in bytes, not in characters", async () => {
    const { socket } = await inRoom();
    socket.sendRaw(JSON.stringify({ type: "heartbeat", id: "字".repeat(6000) }));
    expect((await before(socket.closed, "the end")).code).toBe(1009);
  });
  await test.step("in fragments", async () => {
    const { node } = parley();
    const ticket = await ticketFor(node, await guest(node));
    const protocols = `parley.v1, ticket.${ticket}`;
    const raw = await RawSocket.ask(node, { origin: node.origin, "sec-websocket-protocol": protocols });
    await raw.sendFragments(["x".repeat(8000), "x".repeat(8000), "x".repeat(8000)]);
    expect((await before(raw.readToEnd(), "the end")).code).toBe(1009);
    raw.close();
  });
});

Deno.test("a socket is closed with 4000 when a frame is not a JSON object", async (test) => {
  for (const text of ["hello", "", "{", "42", "null", '"join_room"', "{'type':'heartbeat'}"]) {
    await test.step(`but ${JSON.stringify(text)}`, async () => {
      const { socket } = await inRoom();
      socket.sendRaw(text);
      expect((await before(socket.closed, "the end")).code).toBe(4000);
    });
  }
  await test.step("but binary", async () => {
    const { socket } = await inRoom();
    socket.sendRaw(new TextEncoder().encode('{"type":"heartbeat"}'));
    expect((await before(socket.closed, "the end")).code).toBe(4000);
  });
});

Deno.test("a frame is refused when its sender may not", async (test) => {
  const { socket, roomId } = await inRoom();
  const other = await inRoom();
  const theirs = (await other.socket.say(roomId, "Mine alone")).messageId!;
  const mine = (await socket.say(roomId, "To be deleted")).messageId!;
  await socket.done({ type: "delete_message", messageId: mine });
  const { id: red } = await roomOf(parley().node, "late-night");
  const { id: spanish } = await roomOf(parley().node, "general", "ar");
  const nowhere = "999999999" as RoomId;
  const missing = `${roomId}-999999` as MessageId;
  const text = { type: "send_message", clientId: "x", body: "Hello" } as const;
  const cases: [what: string, frame: ClientFrameInput, code: string][] = [
    ["joins no room", { type: "join_room", roomId: nowhere }, "ROOM_NOT_FOUND"],
    [
      "joins a RED room as somebody who did not ask for those",
      { type: "join_room", roomId: red },
      "FORBIDDEN",
    ],
    ["speaks in no room", { ...text, roomId: nowhere }, "ROOM_NOT_FOUND"],
    ["speaks in a RED room", { ...text, roomId: red }, "FORBIDDEN"],
    ["reads in a RED room", { type: "read", roomId: red, seq: 1 }, "FORBIDDEN"],
    ["types in a room that was not joined", { type: "typing", roomId: spanish, on: true }, "FORBIDDEN"],
    ["types in a RED room", { type: "typing", roomId: red, on: true }, "FORBIDDEN"],
    ["replies to nothing", { ...text, roomId, replyTo: missing }, "MESSAGE_NOT_FOUND"],
    ["replies into another room", { ...text, roomId: spanish, replyTo: theirs }, "MESSAGE_NOT_FOUND"],
    ["edits what another wrote", { type: "edit_message", messageId: theirs, body: "Ha" }, "FORBIDDEN"],
    ["deletes what another wrote", { type: "delete_message", messageId: theirs }, "FORBIDDEN"],
    ["edits nothing", { type: "edit_message", messageId: missing, body: "Ha" }, "MESSAGE_NOT_FOUND"],
    ["deletes nothing", { type: "delete_message", messageId: missing }, "MESSAGE_NOT_FOUND"],
    ["edits what is deleted", { type: "edit_message", messageId: mine, body: "Ha" }, "MESSAGE_NOT_FOUND"],
    ["deletes what is deleted", { type: "delete_message", messageId: mine }, "MESSAGE_NOT_FOUND"],
  ];
  for (const [what, frame, code] of cases) {
    await test.step(what, async () => expect(await socket.refused(frame)).toMatchObject({ code }));
  }
  await socket.close();
  await other.socket.close();
});

Deno.test("a RED room opens when the guest asked for RED lounges", async () => {
  const { node } = parley();
  const socket = await connect(node, await guest(node, { red: true }));
  const { id } = await roomOf(node, "late-night");
  await socket.join(id);
  await socket.say(id, "After dark");
  await socket.close();
});

Deno.test("a room falls silent when it is left", async () => {
  const { socket, roomId } = await inRoom();
  const other = await inRoom();
  await socket.done({ type: "leave_room", roomId });
  const { seq } = await other.socket.say(roomId, "Are you still here?");
  await other.socket.take("new_message", (event) => event.seq === seq);
  await socket.done({ type: "heartbeat" });
  expect(socket.log(roomId).map((event) => event.seq)).not.toContain(seq);
  await socket.close();
  await other.socket.close();
});

Deno.test("a guest is slowed down when there are more than ten messages in a minute", async () => {
  const strict = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const socket = await connect(strict, await guest(strict));
  const { id: roomId } = await roomOf(strict);
  for (let index = 0; index < 10; index++) await socket.say(roomId, `Message ${index}`);
  const refused = await socket.refused({
    type: "send_message",
    roomId,
    clientId: "eleven",
    body: "Message 11",
  });
  expect(refused).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", retryAfter: expect.any(Number) });
  expect(refused.retryAfter).toBeGreaterThan(0);
  expect(refused.retryAfter).toBeLessThanOrEqual(6);
  await socket.close();
});

Deno.test("a socket is closed with 4029 when it sends faster than anybody types", async () => {
  const frozen = Date.now();
  const strict = await parley().join({ env: { LIMITS_FACTOR: "1" }, clock: () => frozen });
  const socket = await connect(strict, await guest(strict));
  // The clock stands still, so nothing is given back: 300 at once are allowed. A frame sent after the fatal one might
  // make the kernel reset the connection before the close frame is read.
  for (let index = 0; index < 301; index++) socket.sendRaw("{}");
  expect((await before(socket.closed, "the end")).code).toBe(4029);
});
