import { expect } from "expect";
import type { RoomJoined, ServerEvent } from "../../../lib/protocol/events.ts";
import type { ClientFrameInput } from "../../../lib/protocol/frames.ts";
import type { MessageId, UserId } from "../../../lib/protocol/ids.ts";
import type { Message } from "../../../lib/protocol/types.ts";
import { applyEvent } from "../../../lib/protocol/reduce.ts";
import { prependHistory } from "../../../lib/protocol/history.ts";
import { fromSnapshot } from "../../../lib/protocol/room_state.ts";
import { openWords, sealWords } from "../../../lib/client/sealing/cipher.ts";
import type { RoomKeys } from "../../../lib/client/sealing/key.ts";
import { isUnreadable, SealedMessages, UNREADABLE } from "../../../lib/client/sealing/messages.ts";
import { editEvent, fileOf, idAt, newKeys, ROOM, saidEvent, sealedMessage, TOKEN } from "./support.ts";

const room = { id: ROOM, kind: "ghost", name: "", topic: "", dir: "ltr" } as const;
const joinedEvent = (messages: Message[]): RoomJoined => ({
  type: "room_joined",
  roomId: ROOM,
  room,
  headSeq: messages.at(-1)?.seq ?? 0,
  readSeq: 0,
  messages,
  hasOlder: (messages[0]?.seq ?? 1) > 1,
  members: [],
  presence: { online: 0 },
});
const reader = (keys: RoomKeys) => new SealedMessages({ keys, author: "Bob" });
const bodyOf = (event: ServerEvent | undefined) =>
  event?.type === "new_message"
    ? event.message.body
    : event?.type === "message_edited"
    ? event.body
    : undefined;
const bodies = (messages: readonly Message[]) => messages.map(({ body }) => body);
const edited = (keys: RoomKeys, seq: number, text: string) =>
  sealWords(keys, { clientId: `c${seq}`, author: "Ada" }, { text, files: [] });

Deno.test("messages are opened wherever they come from: live, in a snapshot, in history", async () => {
  const keys = await newKeys();
  const messages = reader(keys);
  const [one, two, three] = await Promise.all(
    [1, 2, 3].map((seq) => sealedMessage(keys, { seq, text: `words ${seq}` })),
  );
  const page = await messages.openPage({ messages: [one!], nextCursor: null });
  expect(page).toEqual({ messages: [{ ...one, body: "words 1" }], nextCursor: null });
  const [joined, said] = await messages.open([joinedEvent([two!]), saidEvent(three!)]);
  expect(joined).toEqual(joinedEvent([{ ...two!, body: "words 2" }]));
  expect(said).toEqual(saidEvent({ ...three!, body: "words 3" }));
});

Deno.test("a message stands there as unreadable when it was not sealed by somebody with the key", async () => {
  const keys = await newKeys();
  const messages = reader(keys);
  const good = await sealedMessage(keys, { seq: 1, text: "good" });
  const tampered = { ...good, body: good.body.slice(0, -2) + (good.body.endsWith("AA") ? "BB" : "AA") };
  const cases: Message[] = [
    { ...good, body: "plain words that the server put in" },
    { ...good, body: "" },
    tampered,
    { ...good, clientId: "c2" },
    { ...good, author: { id: "3" as UserId, name: "Eve" } },
    { ...good, author: null },
    { ...good, replyTo: idAt(9) },
    await sealedMessage(await newKeys(), { seq: 1, text: "another key" }),
    await sealedMessage({ ...keys, token: "ghost-another1" }, { seq: 1, text: "another room" }),
    { ...good, kind: "SYSTEM", body: "looks like the house" },
  ];
  for (const message of cases) {
    const [event] = await messages.open([saidEvent(message)]);
    expect(bodyOf(event)).toBe(UNREADABLE);
    expect(event?.type === "new_message" && isUnreadable(event.message)).toBe(true);
    expect(event?.type === "new_message" && event.message.kind).toBe("TEXT");
  }
  const [event] = await messages.open([saidEvent(good)]);
  expect(bodyOf(event)).toBe("good");
  expect(event?.type === "new_message" && isUnreadable(event.message)).toBe(false);
});

Deno.test("what the house says and what is deleted has no words to open", async () => {
  const keys = await newKeys();
  const gone = {
    ...await sealedMessage(keys, { seq: 1, text: "x" }),
    body: "",
    deletedAt: "2026-08-02T00:00:00Z",
  };
  const house: Message = { ...gone, id: idAt(2), kind: "SYSTEM", author: null, body: "Ada came in." };
  const typing: ServerEvent = {
    type: "typing",
    roomId: ROOM,
    user: { id: "2" as UserId, name: "Ada" },
    on: true,
  };
  const deleted: ServerEvent = {
    type: "message_deleted",
    roomId: ROOM,
    seq: 3,
    messageId: idAt(1),
    deletedAt: "2026-08-02T00:00:00Z",
  };
  const events = [saidEvent(gone), saidEvent(house), typing, deleted];
  expect(await reader(keys).open(events)).toEqual(events);
});

Deno.test("files come from the sealed words alone when the server names others", async () => {
  const keys = await newKeys();
  const file = fileOf({ width: 640, height: 480 });
  const sent = await sealedMessage(keys, { seq: 1, text: "look", files: [file] });
  sent.attachments = [{
    id: "x",
    name: "bill.exe",
    type: "text/html",
    size: 1,
    url: "https://evil.example/",
  }];
  const [event] = await reader(keys).open([saidEvent(sent)]);
  expect(event?.type === "new_message" && event.message.attachments).toEqual([
    { ...file, url: `/api/rooms/${TOKEN}/files/${file.id}` },
  ]);
});

Deno.test("an edit opens as part of the message it changes, in the same frame too, and of no other", async () => {
  const keys = await newKeys();
  const messages = reader(keys);
  const one = await sealedMessage(keys, { seq: 1, text: "helo" });
  const two = await sealedMessage(keys, { seq: 2, text: "bye" });
  const mended = await edited(keys, 1, "hello");
  const opened = await messages.open([
    saidEvent(one),
    saidEvent(two),
    editEvent(3, one.id, mended),
    editEvent(4, two.id, mended),
    editEvent(5, one.id, "plain"),
  ]);
  expect(opened.map(bodyOf)).toEqual(["helo", "bye", "hello", UNREADABLE, UNREADABLE]);
});

Deno.test("an edit that came before its message shows when history brings the message", async () => {
  const keys = await newKeys();
  const messages = reader(keys);
  const old = await sealedMessage(keys, { seq: 1, text: "helo" });
  const newer = await sealedMessage(keys, { seq: 2, text: "here" });
  const edit = editEvent(3, old.id, await edited(keys, 1, "hello"));
  const [joined, early] = await messages.open([joinedEvent([newer]), edit]);
  let state = fromSnapshot(joined as RoomJoined);
  state = applyEvent(state, early as typeof edit);
  expect([state.headSeq, bodies(state.messages)]).toEqual([3, ["here"]]);

  // Read before the edit, and read after it: the same comes out.
  for (const row of [old, { ...old, body: edit.body, editedAt: edit.editedAt }]) {
    const fresh = reader(keys);
    await fresh.open([joinedEvent([newer]), edit]);
    const page = await fresh.openPage({ messages: [row], nextCursor: null });
    const shown = prependHistory(state, page).messages;
    expect(bodies(shown)).toEqual(["hello", "here"]);
    expect(shown[0]!.editedAt).toBe(edit.editedAt);
  }
});

Deno.test("an edit of a page being opened is not lost when it comes meanwhile", async () => {
  const keys = await newKeys();
  const messages = reader(keys);
  const old = await sealedMessage(keys, { seq: 1, text: "helo" });
  const newer = await sealedMessage(keys, { seq: 2, text: "here" });
  const [joined] = await messages.open([joinedEvent([newer])]);
  const opening = messages.openPage({ messages: [old], nextCursor: null });
  const edit = editEvent(3, old.id, await edited(keys, 1, "hello"));
  const [event] = await messages.open([edit]);
  const state = applyEvent(fromSnapshot(joined as RoomJoined), event as typeof edit);
  expect(bodies(prependHistory(state, await opening).messages)).toEqual(["hello", "here"]);
});

Deno.test("words leave sealed, and others with the link open them", async () => {
  const keys = await newKeys();
  const known = fileOf();
  const sender = new SealedMessages({
    keys,
    author: "Ada",
    fileOf: (id) => id === known.id ? known : undefined,
  });
  const frame = {
    type: "send_message",
    roomId: ROOM,
    clientId: "c1",
    body: "the lantern is lit",
    replyTo: idAt(9),
    attachments: [known.id],
  };
  const sealed = await sender.seal(frame as ClientFrameInput);
  expect(JSON.stringify(sealed)).not.toMatch(/lantern|png/);
  if (sealed.type !== "send_message") throw new Error("another frame came out");
  expect(sealed.attachments).toEqual([known.id]);
  const place = { clientId: "c1", author: "Ada", replyTo: idAt(9) };
  expect(await openWords(keys, place, sealed.body)).toEqual({ text: "the lantern is lit", files: [known] });
});

Deno.test("an edit keeps its message's files, and is refused for a message that was never seen", async () => {
  const keys = await newKeys();
  const sender = new SealedMessages({ keys, author: "Ada" });
  const file = fileOf();
  const sent = await sealedMessage(keys, { seq: 1, text: "helo", files: [file] });
  const edit = (messageId: MessageId): ClientFrameInput => ({
    type: "edit_message",
    messageId,
    body: "hello",
  });
  await expect(sender.seal(edit(sent.id))).rejects.toMatchObject({ code: "MESSAGE_NOT_FOUND" });
  await sender.open([saidEvent(sent)]);
  const sealed = await sender.seal(edit(sent.id));
  const body = sealed.type === "edit_message" ? sealed.body : "";
  const opened = await openWords(keys, { clientId: "c1", author: "Ada" }, body);
  expect(opened).toEqual({ text: "hello", files: [file] });
});

Deno.test("frames without words go as they are", async () => {
  const sender = new SealedMessages({ keys: await newKeys(), author: "Ada" });
  const frames: ClientFrameInput[] = [
    { type: "join_room", roomToken: TOKEN, afterSeq: 3 },
    { type: "typing", roomId: ROOM, on: true },
    { type: "delete_message", messageId: idAt(1) },
  ];
  for (const frame of frames) expect(await sender.seal(frame)).toBe(frame);
});
