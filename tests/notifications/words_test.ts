/** What a notification says: never markup, never what a spoiler hides, and nothing at all where words are not to be shown. */
import { expect } from "expect";
import { newsWords } from "../../lib/notifications/words.ts";
import { messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import type { Message, RoomInfo } from "../../lib/protocol/types.ts";

const [ME, ANN] = [{ id: "1" as UserId, name: "Me" }, { id: "2" as UserId, name: "Ann" }];
const ID = "7" as RoomId;
const club: RoomInfo = { id: ID, kind: "slug", name: "Book club", slug: "book-club", topic: "", dir: "ltr" };
const direct: RoomInfo = { id: ID, kind: "direct", name: "", topic: "", dir: "ltr", people: [ME, ANN] };

const message = (body: string, more: Partial<Message> = {}): Message => ({
  id: messageIdOf(ID, 9),
  seq: 9,
  clientId: "c",
  kind: "TEXT",
  body,
  author: ANN,
  createdAt: "2026-08-02T10:00:00.000Z",
  attachments: [],
  ...more,
});
const file = { id: "f", type: "image/png", size: 1, url: "/f" };

async function bodies(message: Message, more = {}): Promise<[inRoom: string, direct: string]> {
  const news = { reader: ME.id, message, count: 1, hidden: false, ...more };
  const said = await Promise.all([club, direct].map((room) => newsWords({ room, ...news })));
  return [said[0]!.body, said[1]!.body];
}

Deno.test("a notification says the words and not how they were written, and keeps secrets", async () => {
  expect(await bodies(message("**Look** @me:\n||he did it|| :tada:"))).toEqual([
    "\u2068Ann\u2069: Look @me: ▒▒▒▒▒ 🎉",
    "Look @me: ▒▒▒▒▒ 🎉",
  ]);
  const long = message(`||${"he did it ".repeat(150)}||`);
  expect((await bodies(long)).join()).not.toContain("did");
});

Deno.test("a notification tells stickers by their labels and files by their names", async () => {
  expect(await bodies(message("hello", { kind: "STICKER" }))).toEqual([
    "\u2068Ann\u2069 sent a sticker: hello",
    "sent a sticker: hello",
  ]);
  const cat = { ...file, name: "my_cat_.png", width: 4, height: 4 };
  expect(await bodies(message("my_cat_.png", { kind: "IMAGE", attachments: [cat] }))).toEqual([
    "\u2068Ann\u2069 sent a picture: my_cat_.png",
    "sent a picture: my_cat_.png",
  ]);
  expect((await bodies(message("see *this*", { kind: "IMAGE", attachments: [cat] }))).at(1)).toBe("see this");
});

Deno.test("a notification says no words of sealed rooms, nor to those who hide them", async () => {
  const secret = message("a secret");
  const sealed = await newsWords({
    room: { ...club, encrypted: true },
    reader: ME.id,
    message: secret,
    count: 1,
    hidden: false,
  });
  expect(JSON.stringify(sealed)).not.toContain("secret");
  expect(sealed).toMatchObject({ title: "Book club", body: "New message" });
  expect(await bodies(secret, { hidden: true })).toEqual(["New message", "New message"]);
  expect(await bodies(secret, { hidden: true, count: 3 })).toEqual(["New messages", "New messages"]);
});

Deno.test("a notification leads to the last message, and says how many there are", async () => {
  const words = await newsWords({
    room: direct,
    reader: ME.id,
    message: message("x"),
    count: 120,
    hidden: false,
  });
  expect(words).toEqual({
    title: "99+ new messages from \u2068Ann\u2069",
    body: "x",
    url: "/dm/7?m=7-9",
    tag: "room-7",
    roomId: "7",
    seq: 9,
  });
});
