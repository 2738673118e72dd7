import { expect } from "expect";
import type { UserId } from "../../lib/protocol/ids.ts";
import { HIDDEN } from "../../lib/protocol/markdown/plain_text.ts";
import { lastWords, saidBy, type Sayable, wordsOf } from "../../lib/protocol/message_words.ts";

const text = (body: string): Sayable => ({ kind: "TEXT", body });
const picture = (name: string) => ({ name, width: 40 });
const file = (name: string) => ({ name });
const ANN = { id: "2" as UserId, name: "Ann" };
const AT = "2026-08-02T10:00:00.000Z";
const last = (message: Sayable, more = {}) => lastWords({ author: ANN, createdAt: AT, ...message, ...more });

Deno.test("a message's words have no markup and give no spoiler away, and people stand there by their names", () => {
  expect(wordsOf(text("**Hi** @ann_b, ||secret|| `x` :tada: see #tea"), { tada: "🎉" })).toEqual({
    text: `Hi @ann_b, ${HIDDEN} x 🎉 see #tea`,
  });
  expect(wordsOf(text(":no_such_code: _well_")).text).toBe(":no_such_code: well");
});

Deno.test("a sticker is told by its label, also when this build has no drawing of it", () => {
  expect(wordsOf({ kind: "STICKER", body: "good-night" })).toEqual({
    text: "sent a sticker: good night",
    deed: true,
  });
  expect(wordsOf({ kind: "STICKER", body: "not-one" }).text).toBe("sent a sticker: one of another kind");
});

Deno.test("files are told by their names as they are when nothing was said with them, and by the words when there are some", () => {
  const sent = (kind: Sayable["kind"], attachments: Sayable["attachments"], body: string) =>
    wordsOf({ kind, body, attachments }).text;
  expect(sent("IMAGE", [picture("my_cat_.png")], "my_cat_.png")).toBe("sent a picture: my_cat_.png");
  expect(sent("FILE", [file("a*b*.pdf"), picture("c.png")], "a*b*.pdf, c.png")).toBe(
    "sent 2 files: a*b*.pdf, c.png",
  );
  expect(sent("IMAGE", [picture("cat.png")], "look, **two** of them")).toBe("look, two of them");
});

Deno.test("what the house says is no markup", () => {
  expect(wordsOf({ kind: "SYSTEM", body: "Ann_ called the room *tea*" })).toEqual({
    text: "Ann_ called the room *tea*",
  });
});

Deno.test("a name is parted by a colon from what somebody said, and not from what they did", () => {
  expect(saidBy("Ann", wordsOf(text("hello")))).toBe("Ann: hello");
  expect(saidBy("Ann", wordsOf({ kind: "STICKER", body: "hello" }))).toBe("Ann sent a sticker: hello");
});

Deno.test("a list's last words are one short line, and half a spoiler is none", () => {
  expect(last(text("one\n\ntwo\tthree"))).toEqual({
    author: ANN,
    kind: "TEXT",
    at: AT,
    body: "one two three",
  });
  const secret = `the end: ||${"he did it ".repeat(60)}||`;
  expect(last(text(secret)).body).toBe(`the end: ${HIDDEN}`);
  expect([...last(text("👩".repeat(500))).body]).toHaveLength(200);
  expect(last({ kind: "STICKER", body: "hello" })).toMatchObject({
    kind: "STICKER",
    body: "sent a sticker: hello",
    deed: true,
  });
});

Deno.test("a deleted message has no last words, and the house has no name", () => {
  expect(last(text("gone"), { deletedAt: AT })).toEqual({
    author: ANN,
    kind: "TEXT",
    at: AT,
    body: "",
    deleted: true,
  });
  expect(last({ kind: "SYSTEM", body: "Renamed" }, { author: null })).toEqual({
    kind: "SYSTEM",
    at: AT,
    body: "Renamed",
  });
});
