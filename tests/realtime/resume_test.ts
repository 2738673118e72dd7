import { expect } from "expect";
import { appendMessages } from "../../db/queries/append.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
import { until } from "../support/wait.ts";

const parley = parleyForFile({ nodes: 2 });

/** A room in which one guest has said ten things and another has read them and gone. */
async function roomLeft(language: string) {
  const [here, there] = parley().nodes;
  const [ann, ben] = [await guest(here!, { name: "Ann" }), await guest(there!, { name: "Ben" })];
  const { id: roomId } = await roomOf(here!, "general", language);
  const [speaker, reader] = [await connect(here!, ann), await connect(there!, ben)];
  await speaker.join(roomId);
  await reader.join(roomId);
  for (let index = 0; index < 10; index++) await speaker.say(roomId, `Line ${index}`);
  await until("all ten lines", () => reader.log(roomId).length === 10 || undefined);
  await reader.close();
  return { ben, there: there!, speaker, reader, roomId };
}

async function append(roomId: RoomId, count: number): Promise<void> {
  const drafts = Array.from({ length: count }, (_, index) => ({
    roomId,
    authorId: "1" as UserId,
    clientId: `bulk-${index}`,
    kind: "TEXT" as const,
    body: `Bulk ${index}`,
  }));
  await appendMessages(parley().database.sql, drafts);
}

Deno.test("a client gets exactly what it missed when it comes back", async () => {
  const { ben, there, speaker, reader, roomId } = await roomLeft("en");
  const { messageId } = await speaker.say(roomId, "You missed this");
  await speaker.done({ type: "edit_message", messageId: messageId!, body: "You missed this, edited" });
  const other = await speaker.say(roomId, "And this, which is gone");
  await speaker.done({ type: "delete_message", messageId: other.messageId! });

  const back = await connect(there, ben);
  const joined = await back.join(roomId, 10);
  expect(joined).toMatchObject({ resumed: true, headSeq: 14, messages: [] });
  expect(back.events.map(({ type }) => type).slice(1, 7)).toEqual([
    "resumed",
    "new_message",
    "message_edited",
    "new_message",
    "message_deleted",
    "room_joined",
  ]);
  expect(await back.take("resumed")).toEqual({
    type: "resumed",
    roomId,
    fromSeq: 10,
    toSeq: 14,
    complete: true,
  });
  expect(back.log(roomId).map(({ seq }) => seq)).toEqual([11, 12, 13, 14]);
  await speaker.say(roomId, "Welcome back");
  expect((await back.take("new_message", ({ seq }) => seq === 15)).message.body).toBe("Welcome back");

  const fresh = await connect(there, ben);
  await fresh.join(roomId);
  const [then, now] = [viewOf([...reader.events, ...back.events], roomId), viewOf(fresh.events, roomId)];
  expect(then.messages).toEqual(now.messages);
  for (const socket of [speaker, back, fresh]) await socket.close();
});

Deno.test("nothing comes twice when there is nothing to resume", async () => {
  const { ben, there, speaker, roomId } = await roomLeft("es");
  const back = await connect(there, ben);
  expect(await back.join(roomId, 10)).toMatchObject({ resumed: true, headSeq: 10, messages: [] });
  expect(back.log(roomId)).toEqual([]);
  for (const socket of [speaker, back]) await socket.close();
});

Deno.test("a client resumes over 500 events and gets a fresh page over 501", async (test) => {
  const { ben, there, speaker, roomId } = await roomLeft("fr");
  await append(roomId, 501);
  await test.step("500", async () => {
    const back = await connect(there, ben);
    await back.join(roomId, 11);
    expect(await back.take("resumed")).toMatchObject({ complete: true, fromSeq: 11, toSeq: 511 });
    expect(back.log(roomId)).toHaveLength(500);
    await back.close();
  });
  await test.step("501", async () => {
    const back = await connect(there, ben);
    const joined = await back.join(roomId, 10);
    expect(await back.take("resumed")).toMatchObject({ complete: false, fromSeq: 10, toSeq: 511 });
    expect(joined.resumed).toBeUndefined();
    expect(joined).toMatchObject({ headSeq: 511, hasOlder: true });
    expect(joined.messages.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 50 }, (_, index) => 462 + index),
    );
    expect(back.log(roomId)).toEqual([]);
    await back.close();
  });
  await speaker.close();
});

Deno.test("a client gets a fresh page when what it missed is older than seven days", async () => {
  const { ben, there, speaker, roomId } = await roomLeft("de");
  await parley().database.sql`
    update messages set created_at = created_at - interval '7 days 1 minute' where room_id = ${roomId} and seq <= 9`;
  const back = await connect(there, ben);
  await back.join(roomId, 8);
  expect(await back.take("resumed")).toMatchObject({ complete: false });
  await back.join(roomId, 9);
  expect(await back.take("resumed")).toMatchObject({ complete: true, fromSeq: 9, toSeq: 10 });
  for (const socket of [speaker, back]) await socket.close();
});

Deno.test("a client gets a fresh page when it knows more than the database, which was restored", async () => {
  const { ben, there, speaker, roomId } = await roomLeft("it");
  const back = await connect(there, ben);
  const joined = await back.join(roomId, 25);
  expect(await back.take("resumed")).toMatchObject({ complete: false });
  expect(joined.headSeq).toBe(10);
  expect(joined.messages).toHaveLength(10);
  for (const socket of [speaker, back]) await socket.close();
});

Deno.test("a client that keeps losing its connection sees each event once when others go on talking", async () => {
  const { ben, there, speaker, reader, roomId } = await roomLeft("pt");
  const events = [...reader.events];
  let silent = false;
  const talking = (async () => {
    for (let index = 0; index < 300; index++) await speaker.say(roomId, `Line ${index}`);
    silent = true;
  })();
  while (!silent) {
    const back = await connect(there, ben);
    await back.join(roomId, viewOf(events, roomId).headSeq);
    back.socket.close();
    await back.closed;
    events.push(...back.events);
  }
  await talking;
  const last = await connect(there, ben);
  await last.join(roomId, viewOf(events, roomId).headSeq);
  events.push(...last.events);
  const seqs = events.filter(({ type }) => type === "new_message").map((event) =>
    (event as { seq: number }).seq
  );
  expect(seqs).toEqual(Array.from({ length: 310 }, (_, index) => index + 1));
  for (const socket of [speaker, last]) await socket.close();
});
