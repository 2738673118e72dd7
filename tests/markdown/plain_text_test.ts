import { expect } from "expect";
import { emojiUsed, loadEmoji } from "../../lib/protocol/markdown/emoji.ts";
import { mentionsIn, roomLinksIn, shortcodesIn } from "../../lib/protocol/markdown/named.ts";
import { parseMarkdown } from "../../lib/protocol/markdown/parse.ts";
import { HIDDEN, plainText } from "../../lib/protocol/markdown/plain_text.ts";

const plain = (text: string) => plainText(parseMarkdown(text), { tada: "🎉" });

Deno.test("plain text is what a message says, without its marks", () => {
  expect(plain("**Hi** _you_, ~~x~~ `code` :tada: :nothing: @ann #music")).toBe(
    "Hi you, x code 🎉 :nothing: @ann #music",
  );
  expect(plain("[the rules](https://a.example) and https://b.example")).toBe(
    "the rules and https://b.example",
  );
  expect(plain("> a\n> b\nc")).toBe("> a\n> b\nc");
  expect(plain("- a\n- b\n\n3. c")).toBe("• a\n• b\n3. c");
  expect(plain("```js\nfoo()\n```")).toBe("foo()");
  expect(plain("<b>&amp;</b>")).toBe("<b>&amp;</b>");
});

Deno.test("plain text hides spoilers, and how long they are", () => {
  expect(plain("He is ||his father||!")).toBe(`He is ${HIDDEN}!`);
  expect(plain("||a||")).toBe(plain("||**a much longer one** @ann||"));
});

Deno.test("a message names people and rooms once each, in small letters, and none in code", () => {
  expect(mentionsIn("@Ann and @ben_2, @ann! `@carl`\n```\n@dora\n```\n> @Eve ||@Fay||")).toEqual([
    "ann",
    "ben_2",
    "eve",
    "fay",
  ]);
  expect(mentionsIn("mail ann@example.org, [@ann](https://a.example), \\@ann, https://a.example/@ann"))
    .toEqual([]);
  expect(roomLinksIn("#Music/pt #book-club #music/pt `#code` #42 # x")).toEqual(["music/pt", "book-club"]);
  expect(shortcodesIn(":tada: :+1: `:x:` 10:30:00 :tada:")).toEqual(["tada", "+1"]);
});

Deno.test("every name of an emoji in the table can be typed, and goes with the messages that use it", async () => {
  const all = await loadEmoji();
  const names = Object.keys(all);
  expect(names.length).toBeGreaterThan(2_500);
  expect(new Set(Object.values(all)).size).toBeGreaterThan(1_900);
  expect(names.filter((name) => shortcodesIn(`:${name}:`)[0] !== name)).toEqual([]);
  expect(emojiUsed(["**:tada:** :nothing:", ":constructor: :tada: `:joy:`"], all)).toEqual({ tada: "🎉" });
});
