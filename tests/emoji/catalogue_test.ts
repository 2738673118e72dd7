import { brotliCompressSync } from "node:zlib";
import { expect } from "expect";
import { Catalogue, toned } from "../../lib/client/emoji/catalogue.ts";
import * as data from "../../lib/client/emoji/data.gen.ts";
import { withTone } from "../../lib/client/emoji/tone.ts";

const MOST_BYTES = 25 * 1024;
const catalogue = new Catalogue(data);
const all = catalogue.groups.flatMap(({ emoji }) => emoji);

function found(query: string, limit = 8): string[] {
  return catalogue.search(query, limit).map(({ char }) => char);
}

Deno.test("every emoji has its place, a name and a shortcode of its own when the data is read", () => {
  expect(catalogue.groups.map(({ name }) => name)).toEqual([
    "Smileys & emotion",
    "People & body",
    "Animals & nature",
    "Food & drink",
    "Travel & places",
    "Activities",
    "Objects",
    "Symbols",
    "Flags",
  ]);
  expect(all.length).toBeGreaterThan(1900);
  expect(
    all.every(({ name, codes }) => name !== "" && codes.every((code) => /^[\p{L}\p{N}_+-]+$/u.test(code))),
  )
    .toBe(true);
  expect(new Set(all.map(({ char }) => char)).size).toBe(all.length);
  const codes = all.flatMap(({ codes }) => codes);
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  for (const emoji of all) expect(catalogue.of(emoji.char)).toBe(emoji);
});

Deno.test("the data stays small on its way when it is compressed", async () => {
  const bytes = await Deno.readFile(new URL("../../lib/client/emoji/data.gen.ts", import.meta.url));
  expect(brotliCompressSync(bytes).length).toBeLessThan(MOST_BYTES);
});

Deno.test("an emoji is found by name, shortcode, keyword or itself when it is searched for", () => {
  expect(found("fire")[0]).toBe("🔥");
  expect(found("thumbs up")[0]).toBe("👍");
  expect(found("+1")[0]).toBe("👍");
  expect(found(":tada:")[0]).toBe("🎉");
  expect(found("heart_eyes")[0]).toBe("😍");
  expect(found("PINATA")).toContain("🪅");
  expect(found("lol")).toContain("😂");
  expect(found("switz")[0]).toBe("🇨🇭");
  expect(found("👍🏽")).toEqual(["👍"]);
  expect(found("❤")).toEqual(["❤️"]);
});

Deno.test("nothing is found when no emoji has every word", () => {
  expect(found("qwxz")).toEqual([]);
  expect(found("cat qwxz")).toEqual([]);
  expect(found("  ")).toEqual([]);
  expect(found("?!")).toEqual([]);
});

Deno.test("what fits better comes first, and no more than is asked for, when much is found", () => {
  const smiles = catalogue.search("smi");
  expect(smiles.slice(0, 3).every(({ codes }) => codes.some((code) => code.startsWith("smi")))).toBe(true);
  expect(smiles.length).toBeGreaterThan(10);
  expect(catalogue.search("smi", 3)).toHaveLength(3);
});

Deno.test("an emoji takes a skin tone when it can, and stays as it is when it cannot", () => {
  const inTone = (char: string, tone: number) => toned(catalogue.of(char)!, tone);
  expect(inTone("👋", 0)).toBe("👋");
  expect(inTone("👋", 3)).toBe("👋🏽");
  expect(inTone("☝️", 5)).toBe("☝🏿");
  expect(inTone("👩‍💻", 1)).toBe("👩🏻‍💻");
  expect(inTone("🧑‍🤝‍🧑", 2)).toBe("🧑🏼‍🤝‍🧑🏼");
  expect(inTone("👩‍❤️‍👨", 4)).toBe("👩🏾‍❤️‍👨🏾");
  expect(inTone("🔥", 3)).toBe("🔥");
  expect(withTone("👋", "", 3)).toBe("👋");
});

Deno.test("only what the system draws is offered when its fonts are older than the data", () => {
  const old = new Catalogue(data, 13);
  expect(old.of("🫠")).toBeUndefined();
  expect(old.search("melting face").map(({ name }) => name)).not.toContain("melting face");
  expect(old.of("🥲")?.name).toBe("smiling face with tear");
  // The handshake is old, its skin tones are not.
  expect(toned(old.of("🤝")!, 3)).toBe("🤝");
  expect(toned(catalogue.of("🤝")!, 3)).toBe("🤝🏽");
  expect(old.groups.every(({ emoji }) => emoji.length > 0)).toBe(true);
});

Deno.test("a shortcode leads to its emoji when it is typed out, and to none when there is no such", () => {
  expect(catalogue.byCode("tada")?.char).toBe("🎉");
  expect(catalogue.byCode("thumbsup")?.char).toBe("👍");
  expect(catalogue.byCode("tad")).toBeUndefined();
});
