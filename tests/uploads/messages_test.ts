/** Files as messages show them: what a message with files says, keeps and tells others. */
import { expect } from "expect";
import type { MessageId, RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment, RoomInfo } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { bytesOf, jpeg } from "../support/pictures.ts";
import { connect } from "../support/socket.ts";
import { dataOf } from "../support/visitor.ts";
import { fetchFile, roomWith, sendOk } from "./people.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;
const TEXT = bytesOf("Notes of the book club\n");
const messageOf = (roomId: RoomId, seq: number) => `${roomId}-${seq}` as MessageId;

/** Two people in a room, one on each node, and two files of the first. */
async function talk() {
  const { room, owner, people: [friend] } = await roomWith(here(), {});
  const [mine, theirs] = await Promise.all([
    connect(parley().nodes[0]!, owner),
    connect(parley().nodes[1]!, friend!),
  ]);
  await Promise.all([mine.join(room.id), theirs.join(room.id)]);
  const picture = await sendOk(here(), owner, room.id, await jpeg(600, 400), "bridge.jpg");
  const letter = await sendOk(here(), owner, room.id, TEXT, "letter.txt");
  const say = (body: string, files: Attachment[], clientId: string = crypto.randomUUID()) => ({
    type: "send_message" as const,
    ...{ roomId: room.id, clientId, body, attachments: files.map(({ id }) => id) },
  });
  const close = async () => void await Promise.all([mine.close(), theirs.close()]);
  return { room, owner, friend: friend!, mine, theirs, picture, letter, say, close };
}

/** As REST tells it anew. */
async function fetched({ friend, room }: Pick<Awaited<ReturnType<typeof talk>>, "friend" | "room">) {
  const answer = await friend.fetch(`/api/chatroom/rooms/${room.id}/messages`);
  return (await dataOf<{ messages: Record<string, unknown>[] }>(answer)).messages;
}

Deno.test("everybody gets a message's files with it, on every node, as a fresh fetch has them", async () => {
  const talking = await talk();
  const { mine, theirs, picture, letter, say, close, room, friend } = talking;
  await mine.done(say("See **both**", [letter, picture]));
  const { message } = await theirs.take("new_message");
  expect(message).toMatchObject({ kind: "FILE", body: "See **both**", attachments: [letter, picture] });
  expect((await fetched(talking)).at(-1)).toEqual(JSON.parse(JSON.stringify(message)));
  for (const path of [picture.url, picture.thumbUrl!, letter.url]) {
    expect([path, (await fetchFile(here(), friend, path)).response.status]).toEqual([path, 200]);
  }
  const [row] = await parley().database.sql`
    select attachments from messages where room_id = ${room.id} and seq = ${message.seq}`;
  const { url: _, thumbUrl: __, ...stored } = picture;
  expect(row!.attachments[1]).toEqual(stored);
  await close();
});

Deno.test("pictures make a picture message, and where nothing is said the names stand for it", async () => {
  const { mine, theirs, picture, letter, say, close } = await talk();
  await mine.done(say("", [picture]));
  expect((await theirs.take("new_message")).message).toMatchObject({ kind: "IMAGE", body: "bridge.jpg" });
  await mine.done(say("  \n", [letter]));
  expect((await theirs.take("new_message")).message).toMatchObject({ kind: "FILE", body: "letter.txt" });
  expect(await mine.refused(say(" ", []))).toMatchObject({ code: "VALIDATION_FAILED" });
  await close();
});

Deno.test("what a file is called names nobody and is no markup", async () => {
  const { room, mine, theirs, say, owner, friend, close } = await talk();
  const named = await sendOk(here(), owner, room.id, TEXT, `@${friend.user.username} __init__.py`);
  await mine.done(say("", [named]));
  const event = await theirs.take("new_message");
  expect(event.message.body).toBe(`@${friend.user.username} __init__.py`);
  expect(event.mentions).toBe(undefined);
  await mine.done(say(`@${friend.user.username}`, [await sendOk(here(), owner, room.id, TEXT, "b.txt")]));
  expect((await theirs.take("new_message")).mentions).toEqual([friend.user.id]);
  await close();
});

Deno.test("a message with files that is sent twice is one message, also when its first answer was lost", async () => {
  const { mine, theirs, owner, picture, say, close } = await talk();
  const frame = say("", [picture], "once");
  const first = await mine.done(frame);
  expect(await mine.done(frame)).toMatchObject({ seq: first.seq });
  const elsewhere = await connect(parley().nodes[1]!, owner);
  expect(await elsewhere.done(frame)).toMatchObject({ seq: first.seq });
  expect((await theirs.take("new_message")).seq).toBe(first.seq);
  // Another message cannot have it.
  expect(await mine.refused(say("", [picture]))).toMatchObject({
    code: "NOT_FOUND",
    message: "A file of this message is not there. Attach it again.",
  });
  await Promise.all([close(), elsewhere.close()]);
});

Deno.test("nobody shows another's file, and a sticker has none", async () => {
  const { theirs, mine, picture, letter, say, close } = await talk();
  expect(await theirs.refused(say("Mine now", [picture]))).toMatchObject({ code: "NOT_FOUND" });
  const sticker = { ...say("hello", [letter]), kind: "STICKER" as const };
  expect(await mine.refused(sticker)).toMatchObject({ code: "VALIDATION_FAILED" });
  await close();
});

Deno.test("words may change and go while the files stay, and a deleted message's files have no address any more", async () => {
  const { room, friend, owner, mine, theirs, picture, letter, say, close } = await talk();
  const { seq } = await mine.done(say("Look", [picture, letter])) as { seq: number };
  const messageId = messageOf(room.id, seq);
  await mine.done({ type: "edit_message", messageId, body: "Look at both" });
  await mine.done({ type: "edit_message", messageId, body: "bridge.jpg, letter.txt" });
  await theirs.take("message_edited", ({ body }) => body === "bridge.jpg, letter.txt");
  expect((await fetchFile(here(), friend, picture.url)).response.status).toBe(200);
  await mine.done({ type: "delete_message", messageId });
  await theirs.take("message_deleted");
  for (const who of [owner, friend]) {
    for (const path of [picture.url, picture.thumbUrl!, letter.url]) {
      expect([path, (await fetchFile(here(), who, path)).response.status]).toEqual([path, 404]);
    }
  }
  await close();
});

Deno.test("lists of rooms say what was sent last: pictures, files, and their names where nothing was said", async () => {
  const [maya, tom] = [await member(here()), await member(here())];
  const opened = await maya.post("/api/rooms/direct", { userIds: [tom.user.id] });
  const { room } = await dataOf<{ room: RoomInfo }>(opened);
  const [watching, toms] = await Promise.all([connect(here(), maya), connect(here(), tom)]);
  await watching.done({ type: "watch_rooms", on: true });
  await watching.take("rooms_watched");
  const picture = await sendOk(here(), tom, room.id, await jpeg(60, 40), "me.jpg");
  const letter = await sendOk(here(), tom, room.id, TEXT, "a.txt");
  const send = { type: "send_message" as const, roomId: room.id };
  await toms.done({ ...send, clientId: "1", body: "", attachments: [picture.id] });
  const wanted = { body: "sent a picture: me.jpg", kind: "IMAGE", deed: true };
  expect((await watching.take("room_activity")).last).toMatchObject(wanted);
  await watching.done({ type: "watch_rooms", on: false });
  await watching.done({ type: "watch_rooms", on: true });
  expect((await watching.take("rooms_watched")).rooms[0]!.last).toMatchObject(wanted);
  await toms.done({ ...send, clientId: "2", body: "Read this", attachments: [letter.id] });
  const { last } = await watching.take("room_activity");
  expect(last).toMatchObject({ body: "Read this", kind: "FILE" });
  expect(last).not.toHaveProperty("deed");
  await Promise.all([watching.close(), toms.close()]);
});
