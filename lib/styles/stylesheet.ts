/** The one stylesheet: fonts, tokens and base as they are written, then a rule for every class name in use. */
import { twind, virtual } from "@twind/core";
import { classNames } from "./class_names.ts";
import { twindConfig } from "./theme.ts";

const PARTS = ["fonts.css", "tokens.css", "base.css", "markdown.css"];
const SOURCES = ["components", "islands", "routes"];

export interface Stylesheet {
  css: string;
  /** Class names that neither the theme nor base.css knows: most often a slip of the pen. */
  unknown: string[];
}

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* sourceFiles(path);
    else if (entry.name.endsWith(".tsx") || entry.name.endsWith(".ts")) yield path;
  }
}

/** Files the stylesheet is made of; the build watches them. */
export function isStyleSource(root: string, path: string): boolean {
  return SOURCES.some((folder) => path.startsWith(`${root}/${folder}/`)) ||
    path.startsWith(`${root}/lib/styles/`);
}

function namesInUse(root: string): string[] {
  const names = new Set<string>();
  for (const folder of SOURCES) {
    for (const path of sourceFiles(`${root}/${folder}`)) {
      for (const name of classNames(Deno.readTextFileSync(path))) names.add(name);
    }
  }
  return [...names].sort();
}

/** Writes the stylesheet for the sources under `root`, the project's folder. Takes some 50 ms. */
export function makeStylesheet(root: string): Stylesheet {
  const written = PARTS.map((name) => Deno.readTextFileSync(`${root}/lib/styles/${name}`)).join("\n");
  const sheet = virtual();
  const tw = twind(twindConfig(), sheet);
  const unknown: string[] = [];
  for (const name of namesInUse(root)) {
    const before = sheet.target.length;
    tw(name);
    const known = sheet.target.length > before || /^(group|peer)$/.test(name) ||
      written.includes(`.${name}`);
    if (!known) unknown.push(name);
  }
  return { css: `${written}\n${sheet.target.join("\n")}\n`, unknown };
}
