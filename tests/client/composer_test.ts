import { expect } from "expect";
import { Composer, type ComposerState, type Key, meaningOf } from "../../lib/client/composer.ts";
import { Drafts } from "../../lib/client/drafts.ts";
import { Refusal } from "../../lib/client/refusal.ts";
import { HandClock, settled, SharedStorage } from "./support.ts";
import { TypingSignal } from "../../lib/client/typing_signal.ts";
import { ME, messageAt, ROOM } from "../protocol/room_model.ts";

function setup(storage = new SharedStorage(), typed = "") {
  const done: unknown[] = [];
  const refusals: Refusal[] = [];
  const room = {
    send: (body: string, replyTo?: string, _files?: unknown, kind?: "STICKER") =>
      void done.push(["send", body, replyTo, ...(kind ? [kind] : [])]),
    edit: (id: string, body: string) => {
      done.push(["edit", id, body]);
      return refusals.length > 0 ? Promise.reject(refusals.shift()) : Promise.resolve();
    },
    typing: new TypingSignal(new HandClock(), (on) => done.push(on ? "typing" : "not typing")),
  };
  const composer = new Composer(room, ROOM, new Drafts(storage.tab(), ME), typed);
  return { storage, done, refusals, composer };
}

const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});
const empty: ComposerState = { text: "", mode: { kind: "new" } };

Deno.test("Enter sends, Shift+Enter breaks, and with a keyboard on the screen Enter breaks too", () => {
  expect(meaningOf(key("Enter"), empty, false)).toBe("send");
  expect(meaningOf(key("Enter", { shiftKey: true }), empty, false)).toBe(null);
  expect(meaningOf(key("Enter"), empty, true)).toBe(null);
  expect(meaningOf(key("Enter", { ctrlKey: true }), empty, true)).toBe("send");
});

Deno.test("while an input method composes no key means anything here", () => {
  for (const name of ["Enter", "Escape", "ArrowUp"]) {
    expect(meaningOf(key(name, { isComposing: true }), empty, false)).toBe(null);
  }
});

Deno.test("ArrowUp edits the last message only from an empty field", () => {
  expect(meaningOf(key("ArrowUp"), empty, false)).toBe("edit-last");
  expect(meaningOf(key("ArrowUp"), { ...empty, text: "x" }, false)).toBe(null);
  expect(meaningOf(key("ArrowUp"), { text: "", mode: { kind: "reply", to: messageAt(1) } }, false)).toBe(
    null,
  );
});

Deno.test("what is written is a draft over reloads, and no draft any more once it is sent", async () => {
  const before = setup();
  before.composer.typed("half a thou");
  const after = setup(before.storage);
  expect(after.composer.state.text).toBe("half a thou");
  after.composer.typed("half a thought \n");
  expect(await after.composer.submit()).toBe(true);
  expect(after.done).toEqual(["typing", ["send", "half a thought", undefined]]);
  expect(setup(before.storage).composer.state.text).toBe("");
});

Deno.test("what was typed before the script was there goes before an old draft", () => {
  const { storage, composer } = setup();
  composer.typed("old");
  expect(setup(storage, "new").composer.state.text).toBe("new");
});

Deno.test("an answer keeps what was written and goes out with what it answers", async () => {
  const { composer, done } = setup();
  composer.typed("yes");
  composer.reply(messageAt(3));
  expect(composer.state.text).toBe("yes");
  await composer.submit();
  expect(done.at(-1)).toEqual(["send", "yes", `${ROOM}-3`]);
  expect(composer.state.mode.kind).toBe("new");
});

Deno.test("an edit sets the draft aside and gives it back, saved or not", async () => {
  const { composer, done } = setup();
  composer.typed("draft");
  composer.edit(messageAt(3));
  expect(composer.state.text).toBe("words 3");
  composer.cancel();
  expect(composer.state.text).toBe("draft");
  composer.edit(messageAt(3));
  composer.typed("better words");
  expect(await composer.submit()).toBe(false);
  expect(done).toContainEqual(["edit", `${ROOM}-3`, "better words"]);
  expect(composer.state).toEqual({ text: "draft", mode: { kind: "new" } });
});

Deno.test("an edit that is refused stays in the field and says why; one without a change asks nobody", async () => {
  const { composer, done, refusals } = setup();
  refusals.push(new Refusal("FORBIDDEN", "You may not do that here."));
  composer.edit(messageAt(3));
  composer.typed("better words");
  await composer.submit();
  await settled();
  expect(composer.state).toMatchObject({ text: "better words", notice: "You may not do that here." });
  composer.typed("words 3");
  await composer.submit();
  expect(done.filter((deed) => Array.isArray(deed)).length).toBe(1);
  expect(composer.state.mode.kind).toBe("new");
});

Deno.test("nothing and too much are not sent", async () => {
  const { composer, done } = setup();
  for (const text of ["", " \n ", "é".repeat(2_001)]) {
    composer.typed(text);
    expect(await composer.submit()).toBe(false);
  }
  expect(done.filter((deed) => Array.isArray(deed))).toEqual([]);
});

Deno.test("Escape leaves an answer or an edit, and is for others when there is neither", () => {
  expect(meaningOf(key("Escape"), { text: "x", mode: { kind: "reply", to: messageAt(1) } }, false)).toBe(
    "cancel",
  );
  expect(meaningOf(key("Escape"), { text: "x", mode: { kind: "edit", message: messageAt(1) } }, true)).toBe(
    "cancel",
  );
  expect(meaningOf(key("Escape"), { ...empty, text: "x" }, false)).toBe(null);
});

Deno.test("a sticker goes out at once and leaves what is written when it is picked", () => {
  const { composer, done } = setup();
  composer.typed("half a thought");
  composer.reply(messageAt(3));
  composer.sticker("hello");
  expect(done.at(-1)).toEqual(["send", "hello", `${ROOM}-3`, "STICKER"]);
  expect(composer.state).toEqual({ text: "half a thought", mode: { kind: "new" } });
});

Deno.test("no sticker is sent when a message is being changed", () => {
  const { composer, done } = setup();
  composer.edit(messageAt(3));
  composer.sticker("hello");
  expect(done).toEqual([]);
  expect(composer.state.mode.kind).toBe("edit");
});

Deno.test("a draft is the same in all tabs of a room when one of them writes or sends", async () => {
  const here = setup();
  const there = setup(here.storage);
  here.composer.typed("half a thou");
  expect(there.composer.state.text).toBe("half a thou");
  there.composer.edit(messageAt(3));
  here.composer.typed("half a thought");
  expect(there.composer.state.text).toBe("words 3");
  there.composer.cancel();
  expect(there.composer.state.text).toBe("half a thought");
  await here.composer.submit();
  expect(there.composer.state.text).toBe("");
  there.composer.close();
  here.composer.typed("more");
  expect(there.composer.state.text).toBe("");
});
