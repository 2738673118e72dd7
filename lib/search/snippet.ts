import type { Piece } from "../protocol/forms/search.ts";
import type { Range } from "./marks.ts";

/** UTF-16 units shown of a longer message, and how many of them stand before the first hit. */
const SHOWN = 280;
const BEFORE = 80;
/** So far we look for a space to cut at. */
const REACH = 20;

/** A text in pieces, with its hits; of a long one only what stands around the first of them. */
export function snippetOf(text: string, marks: readonly Range[]): Piece[] {
  const { start, end } = windowOf(text, marks[0]);
  const pieces: Piece[] = [];
  let at = start;
  const add = (to: number, hit: boolean) => {
    if (to > at) pieces.push({ text: text.slice(at, to), ...(hit && { hit }) } as Piece);
    at = Math.max(at, to);
  };
  for (const mark of marks) {
    if (mark.start >= end || mark.end <= start) continue;
    add(Math.max(mark.start, start), false);
    add(Math.min(mark.end, end), true);
  }
  add(end, false);
  return [...(start > 0 ? [{ text: "…" }] : []), ...pieces, ...(end < text.length ? [{ text: "…" }] : [])];
}

function windowOf(text: string, first: Range | undefined): Range {
  if (text.length <= SHOWN) return { start: 0, end: text.length };
  const wanted = Math.min(Math.max(0, (first?.start ?? 0) - BEFORE), text.length - SHOWN);
  const start = wanted === 0 ? 0 : cutAt(text, wanted, wanted + REACH);
  const end = start + SHOWN >= text.length ? text.length : cutAt(text, start + SHOWN, start + SHOWN - REACH);
  return { start, end };
}

/** The place nearest to `from`, towards `to`, where a word ends; else `from` itself, never within a character. */
function cutAt(text: string, from: number, to: number): number {
  const step = Math.sign(to - from);
  for (let at = from; at !== to; at += step) if (/\s/.test(text[at - 1]!)) return at;
  return isWithinCharacter(text, from) ? from - 1 : from;
}

function isWithinCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
