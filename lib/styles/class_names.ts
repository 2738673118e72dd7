/** Finds the class names that a source file uses. Only literals in `class=…` and `cx(…)` count as such. */

const OPENING = /\b(?:[a-zA-Z]*[cC]lass=\{|[a-zA-Z]*[cC]lass=(?=["'])|cx\()/g;
const LITERAL = /"([^"\n]*)"|'([^'\n]*)'|`([^`]*)`/g;
const PAIRS: Record<string, string> = { "{": "}", "(": ")" };

/** The index just after the bracket that closes the one at `open`. Brackets inside strings count too: enough here. */
function closing(source: string, open: number): number {
  const opener = source[open]!;
  const closer = PAIRS[opener];
  let depth = 0;
  for (let at = open; at < source.length; at++) {
    if (source[at] === opener) depth++;
    else if (source[at] === closer && --depth === 0) return at + 1;
  }
  return source.length;
}

/** The end of the attribute value or argument list that begins at `start`. */
function endOf(source: string, start: number): number {
  const previous = source[start - 1]!;
  if (previous === "{" || previous === "(") return closing(source, start - 1);
  return source.indexOf(source[start]!, start + 1) + 1;
}

/** Every class name in the source, once. */
export function classNames(source: string): Set<string> {
  const names = new Set<string>();
  for (const opening of source.matchAll(OPENING)) {
    const start = opening.index + opening[0].length;
    for (const literal of source.slice(start, endOf(source, start)).matchAll(LITERAL)) {
      const words = literal[1] ?? literal[2] ?? literal[3] ?? "";
      for (const name of words.split(/\s+/)) if (name && !name.includes("${")) names.add(name);
    }
  }
  return names;
}
