/**
 * Runs of `*`, `_`, `~~` and `||`, and which of them belong together: CommonMark's algorithm ("process emphasis"), with
 * its bottoms, so that a text of marks alone costs no more than one of words.
 */
import { after, before, isEastAsian, isPunctuation, isSpace } from "./characters.ts";
import type { Inline, SpanType, Text } from "./tree.ts";

export type Mark = "*" | "_" | "~" | "|";

export interface Delimiter {
  type: "delimiter";
  mark: Mark;
  length: number;
  opens: boolean;
  closes: boolean;
}

export type Token = Inline | Delimiter;

/** Spans within spans, past which marks are left as they were typed. */
const MAX_DEPTH = 12;

/** A delimiter that waits for its other half. */
interface Opener extends Delimiter {
  /** Marks that no closer has taken yet. */
  left: number;
  /** Where these marks stand in the list of what is built. */
  place: number;
}

interface Built {
  node: Inline;
  depth: number;
}

/**
 * What the run of `mark` from `start` to `end` may do, by what stands on either side.
 *
 * CommonMark's rule takes `。` before `**` for the end of a sentence whose next word has a space before it. East Asian
 * scripts have none, so their characters count as neither (the rule of markdown-cjk-friendly).
 */
export function delimiterOf(text: string, start: number, end: number): Delimiter {
  const mark = text[start] as Mark;
  const length = end - start;
  if (mark === "|") return { type: "delimiter", mark, length, opens: true, closes: true };
  const last = before(text, start);
  const next = after(text, end);
  const [lastEast, nextEast] = [isEastAsian(last), isEastAsian(next)];
  const [lastMark, nextMark] = [isPunctuation(last), isPunctuation(next)];
  const leftFlanking = !isSpace(next) && (!nextMark || nextEast || isSpace(last) || lastMark || lastEast);
  const rightFlanking = !isSpace(last) && (!lastMark || lastEast || isSpace(next) || nextMark || nextEast);
  const within = mark === "_" && leftFlanking && rightFlanking;
  return {
    type: "delimiter",
    mark,
    length,
    opens: leftFlanking && (!within || lastMark),
    closes: rightFlanking && (!within || nextMark),
  };
}

function spanOf(mark: Mark, used: number): SpanType {
  if (mark === "~") return "strikethrough";
  if (mark === "|") return "spoiler";
  return used === 2 ? "strong" : "emphasis";
}

/** "Rule of three": `*a**b*` is not `*a*` and `*b*`. */
function fits(opener: Opener, closer: Delimiter): boolean {
  if (opener.mark !== closer.mark) return false;
  if (closer.mark === "|" || closer.mark === "~") return opener.left >= 2;
  if (!opener.closes && !closer.opens) return true;
  return (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}

function isBlank({ node }: Built): boolean {
  return node.type === "text" && node.text.trim() === "";
}

/** Builds spans from tokens, left to right. */
class Builder {
  readonly #built: Built[] = [];
  readonly #openers: Opener[] = [];
  /** Below these places no opener fits: for each kind of closer. */
  readonly #bottoms = new Map<string, number>();

  add(token: Token): void {
    if (token.type !== "delimiter") {
      this.#built.push({ node: token, depth: depthOf(token) });
      return;
    }
    const left = token.closes ? this.#close(token) : token.length;
    if (left === 0) return;
    const place = this.#built.push({ node: { type: "text", text: token.mark.repeat(left) }, depth: 0 }) - 1;
    if (token.opens) this.#openers.push({ ...token, left, place });
  }

  /** @returns how many of its marks found no other half. */
  #close(closer: Delimiter): number {
    let left = closer.length;
    const least = closer.mark === "|" || closer.mark === "~" ? 2 : 1;
    while (left >= least) {
      const at = this.#findOpener(closer);
      if (at < 0) break;
      const used = least === 2 || (left >= 2 && this.#openers[at]!.left >= 2) ? 2 : 1;
      if (!this.#wrap(at, spanOf(closer.mark, used), used)) break;
      left -= used;
    }
    return left;
  }

  #findOpener(closer: Delimiter): number {
    const key = `${closer.mark}${closer.opens ? 3 : 0}${closer.length % 3}`;
    const bottom = this.#bottoms.get(key) ?? 0;
    for (let at = this.#openers.length - 1; at >= bottom; at--) {
      if (fits(this.#openers[at]!, closer)) return at;
    }
    this.#bottoms.set(key, this.#openers.length);
    return -1;
  }

  /** Forgets openers from `at` on: whatever crosses a finished span is text. */
  #forget(at: number): void {
    this.#openers.length = at;
    for (const [key, bottom] of this.#bottoms) if (bottom > at) this.#bottoms.set(key, at);
  }

  #wrap(at: number, type: SpanType, used: number): boolean {
    const opener = this.#openers[at]!;
    const inside = this.#built.slice(opener.place + 1);
    const depth = 1 + Math.max(0, ...inside.map((built) => built.depth));
    if (depth > MAX_DEPTH || inside.every(isBlank)) {
      this.#forget(at);
      return false;
    }
    opener.left -= used;
    this.#forget(opener.left > 0 ? at + 1 : at);
    this.#built.length = opener.place + (opener.left > 0 ? 1 : 0);
    if (opener.left > 0) this.#built[opener.place]!.node = marksOf(opener);
    this.#built.push({ node: { type, children: joined(inside) }, depth });
    return true;
  }

  finish(): Inline[] {
    return joined(this.#built);
  }
}

function marksOf({ mark, left }: Opener): Text {
  return { type: "text", text: mark.repeat(left) };
}

/** Spans are made here alone, so the only others with children are links: as deep as what they hold. */
function depthOf(node: Inline): number {
  return "children" in node ? 1 + Math.max(0, ...node.children.map(depthOf)) : 0;
}

/** The nodes, with texts that stand side by side as one. */
function joined(built: Built[]): Inline[] {
  const nodes: Inline[] = [];
  let text: Text | null = null;
  for (const { node } of built) {
    if (node.type !== "text") {
      nodes.push(node);
      text = null;
    } else if (text) text.text += node.text;
    else nodes.push(text = { ...node });
  }
  return nodes;
}

/** Tokens become nodes: marks that belong together become spans, all others text. */
export function resolve(tokens: Token[]): Inline[] {
  const builder = new Builder();
  for (const token of tokens) builder.add(token);
  return builder.finish();
}
