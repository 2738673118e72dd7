/**
 * Published texts that were made to run as scripts, read from the packages that publish them; none is kept here.
 *
 * - Big List of Naughty Strings, its section "Script Injection" (Max Woolf, MIT)
 * - cure53's HTML5 Security Cheatsheet, with the vectors of Yahoo's html-purify (BSD)
 * - the "XSS Filter Evasion" list of ha.ckers.org, now OWASP's, as seed of the fuzzer of Yahoo's xss-filters (BSD)
 */
import { createRequire } from "node:module";
import { WRITTEN } from "../../markdown/xss_corpus.ts";

const require = createRequire(import.meta.url);

interface Vector {
  input: string;
}

function naughtyStrings(): string[] {
  const list = Deno.readTextFileSync(require.resolve("big-list-of-naughty-strings/blns.txt"));
  const [, section = ""] = /\n#\tScript Injection\n(.*?)\n#\tSQL Injection\n/s.exec(list) ?? [];
  return section.split("\n").filter((line) => !line.startsWith("#"));
}

function html5Security(): string[] {
  const { html5secVectors, generalVectors }: Record<string, Vector[]> = require(
    "html-purify/tests/test-vectors.js",
  );
  return [...html5secVectors!, ...generalVectors!].map(({ input }) => input);
}

function filterEvasion(): string[] {
  return Deno.readTextFileSync(require.resolve("xss-filters/tests/fuzz/bin/seed.xss")).split("\n");
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text.trim() !== "");
}

/** By the name of their list. */
export const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  "Big List of Naughty Strings": distinct(naughtyStrings()),
  "HTML5 Security Cheatsheet": distinct(html5Security()),
  "XSS Filter Evasion": distinct(filterEvasion()),
};

/** All of them, and those that were written for this project. Some 700. */
export const HOSTILE: readonly string[] = distinct([...Object.values(PUBLISHED).flat(), ...WRITTEN]);

/** As the database keeps a text: it has no U+0000. */
export function storable(text: string): string {
  return text.replaceAll("\0", "\u{FFFD}");
}

/** All of them in as few lines as hold them, for what stands on a page only once. @param most characters of a line */
export function bundles(most = 2000, texts: readonly string[] = HOSTILE): string[] {
  const lines: string[] = [];
  for (const text of texts.map(storable).filter((text) => text.length <= most)) {
    const longer = `${lines.at(-1)} ${text}`;
    if (lines.length > 0 && longer.length <= most) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines;
}
