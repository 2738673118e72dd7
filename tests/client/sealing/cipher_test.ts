import { expect } from "expect";
import fc from "fast-check";
import { sealedBody } from "../../../lib/protocol/frames.ts";
import { SEALED_MAX_CHARACTERS } from "../../../lib/protocol/limits.ts";
import { openWords, type Place, sealWords } from "../../../lib/client/sealing/cipher.ts";
import { BUCKETS, packWords, unpackWords } from "../../../lib/client/sealing/words.ts";
import { fileOf, newKeys } from "./support.ts";

const SEED = Number(Deno.env.get("FC_SEED") ?? Date.now() % 2 ** 31);
const place: Place = { clientId: "c1", author: "Ada", replyTo: "7-3" };
const said = (text: string) => ({ text, files: [] });
/** Characters of sealed text for each bucket: `e1.`, 16 of the IV, a dot, and bucket + 16 bytes in base64. */
const LENGTHS = BUCKETS.map((bytes) => 3 + 16 + 1 + Math.ceil((bytes + 16) * 4 / 3));

Deno.test("text comes back as it was when it is sealed and opened", async () => {
  console.log(`fast-check seed ${SEED} (again with FC_SEED=${SEED})`);
  const keys = await newKeys();
  const text = fc.string({ unit: "binary", maxLength: 2000 }).filter((text) =>
    !/[^\P{Cc}\t\n\r]/u.test(text)
  );
  const author = fc.string({ minLength: 2, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(text, author, fc.uuid(), async (text, author, clientId) => {
      const sealed = await sealWords(keys, { clientId, author }, said(text));
      expect(await openWords(keys, { clientId, author }, sealed)).toEqual(said(text));
      expect(LENGTHS).toContain(sealed.length);
      expect(sealedBody.safeParse(sealed).success).toBe(true);
    }),
    { seed: SEED, numRuns: 300 },
  );
});

Deno.test("text of any script takes at most 12,000 characters when it is sealed", async () => {
  const keys = await newKeys();
  const longest = fileOf({
    name: `${'"\\'.repeat(60)}.tar`,
    type: "application/x-very-long-indeed-1",
    size: 10 * 1024 * 1024,
    width: 16_000,
    height: 16_000,
  });
  const files = Array.from({ length: 4 }, () => ({ ...longest, id: crypto.randomUUID() }));
  for (const character of ["🕯", "क", "ع", "é", "a", '"', "\\", "\n", "\u0001", "\ud800"]) {
    const sealed = await sealWords(keys, place, { text: character.repeat(2000), files });
    expect([character, sealed.length <= SEALED_MAX_CHARACTERS]).toEqual([character, true]);
    const opened = await openWords(keys, place, sealed);
    expect([...opened!.text].length).toBe(2000);
    expect(opened!.files.map(({ id }) => id)).toEqual(files.map(({ id }) => id));
  }
  expect(LENGTHS.at(-1)).toBe(11_988);
});

Deno.test("text is refused when it is longer than a message", async () => {
  const keys = await newKeys();
  await expect(sealWords(keys, place, said("a".repeat(2001)))).rejects.toThrow(RangeError);
  const five = Array.from({ length: 5 }, () => fileOf());
  await expect(sealWords(keys, place, { text: "", files: five })).rejects.toThrow(RangeError);
});

Deno.test("sealed text tells nothing of its length or likeness when two messages are short", async () => {
  const keys = await newKeys();
  const [yes, again, long] = await Promise.all(
    ["yes", "yes", "no, and here is why: ".repeat(8)].map((text) => sealWords(keys, place, said(text))),
  );
  expect(yes!.length).toBe(long!.length);
  expect(yes).not.toBe(again);
  expect(yes!.split(".")[1]).not.toBe(again!.split(".")[1]);
});

Deno.test("sealed text does not open when a single character of it is changed", async () => {
  const keys = await newKeys();
  const sealed = await sealWords(keys, place, said("meet me at nine"));
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === "A" ? "B" : "A";
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
    expect([at, await openWords(keys, place, changed)]).toEqual([at, null]);
  }
});

Deno.test("sealed text does not open when it is cut, lengthened, or nothing like it", async () => {
  const keys = await newKeys();
  const sealed = await sealWords(keys, place, said("meet me at nine"));
  const [, iv, text] = sealed.split(".");
  const wrong = [
    "",
    "hello",
    "e1..",
    `e1.${iv}.`,
    `e1.${iv}.AAAA`,
    `e2.${iv}.${text}`,
    `e1.${text}.${iv}`,
    sealed.slice(0, -4),
    `${sealed}AAAA`,
    ` ${sealed}`,
    `${sealed}.AAAA`,
    `${sealed}\n`,
  ];
  for (const body of wrong) expect([body, await openWords(keys, place, body)]).toEqual([body, null]);
});

Deno.test("sealed text does not open in another mouth, message, answer or room", async () => {
  const keys = await newKeys();
  const sealed = await sealWords(keys, place, said("I agree"));
  const elsewhere: Place[] = [
    { ...place, author: "Eve" },
    { ...place, clientId: "c2" },
    { ...place, replyTo: "7-4" },
    { ...place, replyTo: undefined },
    // The same characters, told apart otherwise.
    { ...place, clientId: 'c1","Ada', author: "" },
  ];
  for (const other of elsewhere) expect(await openWords(keys, other, sealed)).toBeNull();
  expect(await openWords({ ...keys, token: "ghost-another1" }, place, sealed)).toBeNull();
  expect(await openWords(keys, place, sealed)).toEqual(said("I agree"));
});

Deno.test("what somebody with the key packs is passed over when it is no message", () => {
  const packed = (text: string) => new TextEncoder().encode(text.padEnd(256));
  const file = fileOf();
  const wrong = [
    "",
    "null",
    "[]",
    "{",
    '{"v":2,"text":"x"}',
    '{"v":1}',
    '{"v":1,"text":1}',
    `{"v":1,"text":${JSON.stringify("x".repeat(2001))}}`,
    '{"v":1,"text":"x","files":{}}',
    '{"v":1,"text":"x","files":[null]}',
    ...["../../../etc/passwd", "", 7].map((id) =>
      JSON.stringify({ v: 1, text: "x", files: [{ ...file, id }] })
    ),
    ...[-1, 0.5, "1", null].map((size) => JSON.stringify({ v: 1, text: "x", files: [{ ...file, size }] })),
    JSON.stringify({ v: 1, text: "x", files: Array.from({ length: 5 }, () => file) }),
  ];
  for (const text of wrong) expect([text, unpackWords(packed(text))]).toEqual([text, null]);
  expect(unpackWords(new Uint8Array([0xff, 0xfe]))).toBeNull();
  expect(unpackWords(packed('{"v":1,"text":"x"}'))).toEqual(said("x"));
});

Deno.test("a file's name keeps its extension and loses what would disguise it", () => {
  const nameOf = (name: string) =>
    unpackWords(packWords({ text: "", files: [fileOf({ name })] }))!.files[0]!.name;
  expect(nameOf("report.pdf")).toBe("report.pdf");
  expect(nameOf("holiday\u202Egpj.exe")).toBe("holidaygpj.exe");
  expect(nameOf("two\nlines\0.txt")).toBe("twolines\u{FFFD}.txt");
  const long = nameOf(`${"長い名前".repeat(60)}.docx`);
  expect(long).toMatch(/^長い.*….docx$/u);
  expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(160);
});
