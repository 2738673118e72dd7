import { expect } from "expect";
import {
  closedCode,
  Completion,
  type Edit,
  finished,
  type Token,
  tokenAt,
} from "../../lib/client/emoji/completion.ts";

const atEnd = (text: string) => tokenAt(text, text.length);
const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({
  key: name,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});

const WORDS = ["show", "shower", "shoe"];

/** Words that begin so. */
function completionOf(find?: (token: Token) => string[] | Promise<string[]>) {
  const edits: Edit[] = [];
  const completion = new Completion<string>({
    find: find ?? (({ query }) => WORDS.filter((word) => word.startsWith(query))),
    insertion: (word) => `<${word}>`,
    onEdit: (edit) => edits.push(edit),
  });
  return { completion, edits };
}

Deno.test("a word is begun when its sign stands at a beginning", () => {
  expect(atEnd(":sho")).toEqual({ trigger: ":", query: "sho", from: 0, to: 4 });
  expect(atEnd("Good :sho")).toMatchObject({ query: "sho", from: 5, to: 9 });
  expect(atEnd("(@")).toEqual({ trigger: "@", query: "", from: 1, to: 2 });
  expect(atEnd("hi @لي")).toMatchObject({ trigger: "@", query: "لي" });
  expect(atEnd("see #late-n")).toMatchObject({ trigger: "#", query: "late-n" });
  expect(atEnd("one\n:+1")).toMatchObject({ query: "+1" });
  expect(tokenAt(":sho and more", 4)).toMatchObject({ query: "sho" });
});

Deno.test("no word is begun when the sign means something else", () => {
  for (
    const text of ["", ":", ":s", ":)", "at 10:30", "me@home", "a#b", ": sho", ":sho ", "https://x", ":sho:"]
  ) {
    expect([text, atEnd(text)]).toEqual([text, null]);
  }
});

Deno.test("one space follows and what stood behind stays when a word is finished", () => {
  expect(finished("Hi :sho", atEnd("Hi :sho")!, "🍰")).toEqual({ text: "Hi 🍰 ", caret: 6 });
  expect(finished(":sho now", tokenAt(":sho now", 4)!, "🍰")).toEqual({ text: "🍰 now", caret: 3 });
});

Deno.test("a code is closed when its second colon has been typed, and not when there is none", () => {
  expect(closedCode("Hi :tada:", 9)).toEqual({ trigger: ":", query: "tada", from: 3, to: 9 });
  for (const text of ["Hi :tada", "10:30:", "::", "a:b:"]) expect(closedCode(text, text.length)).toBeNull();
});

Deno.test("keys walk through the list and take from it when it is open", async () => {
  const { completion, edits } = completionOf();
  await completion.look(":sho", 4);
  expect(completion.view).toMatchObject({ items: WORDS, active: 0 });
  expect(completion.key(key("ArrowDown"))).toBe(true);
  expect(completion.view.active).toBe(1);
  completion.key(key("ArrowUp"));
  completion.key(key("ArrowUp"));
  expect(completion.view.active).toBe(2);
  expect(completion.key(key("Enter"))).toBe(true);
  expect(edits).toEqual([{ text: "<shoe> ", caret: 7 }]);
  expect(completion.view.items).toEqual([]);
});

Deno.test("keys are the field's own when there is no list, something is composed or a modifier is held", async () => {
  const { completion } = completionOf();
  expect(completion.key(key("Enter"))).toBe(false);
  await completion.look(":sho", 4);
  expect(completion.key(key("Enter", { isComposing: true }))).toBe(false);
  expect(completion.key(key("Enter", { shiftKey: true }))).toBe(false);
  expect(completion.key(key("ArrowLeft"))).toBe(false);
  expect(completion.key(key("Tab"))).toBe(true);
});

Deno.test("a list that was sent away stays away for its word, and comes for the next", async () => {
  const { completion } = completionOf();
  await completion.look(":sho", 4);
  expect(completion.key(key("Escape"))).toBe(true);
  await completion.look(":show", 5);
  expect(completion.view.items).toEqual([]);
  await completion.look(":show :sho", 10);
  expect(completion.view.items).toEqual(WORDS);
});

Deno.test("an answer is passed over when something else has been typed since", async () => {
  const answers: PromiseWithResolvers<string[]>[] = [];
  const { completion } = completionOf(() => {
    answers.push(Promise.withResolvers<string[]>());
    return answers.at(-1)!.promise;
  });
  const first = completion.look(":sh", 3);
  const second = completion.look(":sho", 4);
  answers[1]!.resolve(["shoe"]);
  await second;
  answers[0]!.resolve(["ship"]);
  await first;
  expect(completion.view.items).toEqual(["shoe"]);
});

Deno.test("there is no list when nothing was found or the search failed", async () => {
  const { completion } = completionOf();
  await completion.look(":qw", 3);
  expect(completion.view).toEqual({ items: [], active: 0, token: null });
  const { completion: broken } = completionOf(() => Promise.reject(new Error("no network")));
  await broken.look(":sho", 4);
  expect(broken.view.items).toEqual([]);
});
