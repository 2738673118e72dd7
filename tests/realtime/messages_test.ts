import { expect } from "expect";
import { historyPage } from "../../lib/messages/history.ts";
import { roomId as asRoomId } from "../../lib/protocol/id_schemas.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";

const parley = parleyForFile({ nodes: 2 });

/** A guest with a socket on one of the two nodes, in a room that is this test's own. */
async function person(name: string, nodeIndex: number, language: string) {
  const node = parley().nodes[nodeIndex]!;
  const who = await guest(node, { name });
  const { id: roomId } = await roomOf(node, "general", language);
  const socket = await connect(node, who);
  await socket.join(roomId);
  return { who, node, roomId, socket };
}

Deno.test("a message reaches everybody in the room, on both nodes, when it is sent", async () => {
  const [ann, ben, cleo] = [
    await person("Ann", 0, "en"),
    await person("Ben", 0, "en"),
    await person("Cleo", 1, "en"),
  ];
  const ack = await ann.socket.say(ann.roomId, "Good evening", "evening-1");
  for (const { socket } of [ann, ben, cleo]) {
    const { message, ...event } = await socket.take("new_message", ({ seq }) => seq === ack.seq);
    expect(event).toEqual({ type: "new_message", roomId: ann.roomId, seq: ack.seq });
    expect(message).toEqual({
      id: `${ann.roomId}-${ack.seq}`,
      seq: ack.seq,
      clientId: "evening-1",
      kind: "TEXT",
      body: "Good evening",
      author: { id: ann.who.user.id, name: "Ann" },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      attachments: [],
    });
  }
  for (const { socket } of [ann, ben, cleo]) await socket.close();
});

Deno.test("edits and deletions reach everybody when they are made", async () => {
  const [ann, cleo] = [await person("Ann", 0, "fr"), await person("Cleo", 1, "fr")];
  const { seq, messageId } = await ann.socket.say(ann.roomId, "Good evning");
  await ann.socket.done({ type: "edit_message", messageId: messageId!, body: "Good evening" });
  for (const { socket } of [ann, cleo]) {
    const edited = await socket.take("message_edited");
    expect(edited).toMatchObject({
      seq: seq + 1,
      messageId,
      body: "Good evening",
      editedAt: expect.any(String),
    });
  }
  await ann.socket.done({ type: "delete_message", messageId: messageId! });
  for (const { socket } of [ann, cleo]) {
    const deleted = await socket.take("message_deleted");
    expect(deleted).toMatchObject({ seq: seq + 2, messageId, deletedAt: expect.any(String) });
  }
  const { messages } = await (await person("Dan", 1, "fr")).socket.join(ann.roomId);
  expect(messages.find(({ id }) => id === messageId)).toMatchObject({
    body: "",
    deletedAt: expect.any(String),
  });
});

Deno.test("a reply names what it answers when it is sent", async () => {
  const ann = await person("Ann", 0, "es");
  const { messageId } = await ann.socket.say(ann.roomId, "Who is there?");
  const frame = {
    type: "send_message",
    roomId: ann.roomId,
    clientId: "r",
    body: "I am",
    replyTo: messageId,
  } as const;
  const { seq } = await ann.socket.done(frame);
  expect((await ann.socket.take("new_message", (event) => event.seq === seq)).message.replyTo).toBe(
    messageId,
  );
  await ann.socket.close();
});

Deno.test("a message stays one when its send is repeated on any connection of its author", async () => {
  const ann = await person("Ann", 0, "de");
  const same = await connect(parley().nodes[0]!, ann.who);
  const other = await connect(parley().nodes[1]!, ann.who);
  const frame = { type: "send_message", roomId: ann.roomId, clientId: "once", body: "Only once" } as const;
  const first = await ann.socket.done(frame);
  const again = await Promise.all([ann.socket, same, other].map((socket) => socket.done(frame)));
  for (const ack of again) expect(ack).toMatchObject({ seq: first.seq, messageId: first.messageId });
  const { seq } = await ann.socket.say(ann.roomId, "And then this");
  expect(seq).toBe(first.seq! + 1);
  await ann.socket.take("new_message", (event) => event.seq === seq);
  expect(ann.socket.log(ann.roomId).filter((event) => event.seq === first.seq)).toHaveLength(1);
  for (const socket of [ann.socket, same, other]) await socket.close();
});

Deno.test("a message stays one when it is sent by many connections on two nodes in the same instant", async () => {
  const ann = await person("Ann", 0, "it");
  const sockets = [ann.socket];
  for (let index = 1; index < 8; index++) sockets.push(await connect(parley().nodes[index % 2]!, ann.who));
  for (let round = 0; round < 20; round++) {
    const frame = {
      type: "send_message",
      roomId: ann.roomId,
      clientId: `round-${round}`,
      body: `Round ${round}`,
    } as const;
    const acks = await Promise.all(sockets.map((socket) => socket.done(frame)));
    expect(new Set(acks.map(({ seq }) => seq))).toEqual(new Set([round + 1]));
  }
  const rows = await parley().database
    .sql`select seq from messages where room_id = ${ann.roomId} order by seq`;
  expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  for (const socket of sockets) await socket.close();
});

Deno.test("the same clientId makes two messages when two people use it", async () => {
  const [ann, ben] = [await person("Ann", 0, "pt"), await person("Ben", 1, "pt")];
  const first = await ann.socket.say(ann.roomId, "Mine", "shared");
  const second = await ben.socket.say(ann.roomId, "Mine too", "shared");
  expect(second.seq).toBe(first.seq + 1);
  for (const { socket } of [ann, ben]) await socket.close();
});

Deno.test("messages of one connection keep their order when they are sent without waiting", async () => {
  const ann = await person("Ann", 0, "hi");
  const bodies = Array.from({ length: 200 }, (_, index) => `Line ${index}`);
  const acks = await Promise.all(bodies.map((body) => ann.socket.say(ann.roomId, body)));
  expect(acks.map(({ seq }) => seq)).toEqual(bodies.map((_, index) => acks[0]!.seq + index));
  await ann.socket.close();
});

Deno.test("what everybody sees live is what the database keeps when text holds what cannot be stored", async (test) => {
  const ann = await person("Ann", 0, "ru");
  const texts = { "U+0000": "before\0after", "half a surrogate pair": "before\ud800after" };
  for (const [what, body] of Object.entries(texts)) {
    await test.step(what, async () => {
      const { seq } = await ann.socket.say(ann.roomId, body);
      const { message } = await ann.socket.take("new_message", (event) => event.seq === seq);
      const kept = await historyPage(parley().database.sql, ann.roomId, { reader: null, limit: 1 });
      expect(kept.messages[0]).toEqual(message);
    });
  }
  await ann.socket.close();
});

Deno.test("a message is refused and others of its batch are kept when its room has gone", async () => {
  const ann = await person("Ann", 0, "ja");
  const { sql } = parley().database;
  const [gone] = await sql`
    insert into rooms (kind, lounge_id, language, name)
    select 'language', lounge_id, 'tlh', 'Short-lived' from rooms where id = ${ann.roomId} returning id`;
  const goneId = asRoomId.parse(gone!.id);
  await ann.socket.join(goneId);
  await sql`delete from rooms where id = ${goneId}`;
  const [refused, kept] = await Promise.all([
    ann.socket.request({ type: "send_message", roomId: goneId, clientId: "lost", body: "Anybody?" }),
    ann.socket.request({ type: "send_message", roomId: ann.roomId, clientId: "kept", body: "Here" }),
  ]);
  expect(refused).toMatchObject({ type: "error", code: "ROOM_NOT_FOUND" });
  expect(kept).toMatchObject({ type: "ack" });
  await ann.socket.close();
});
