/**
 * The blocks of a message, line by line. It is a conversation that is read here, not a document, so three things are
 * not CommonMark's: lines and empty lines stay as they were typed; a line without `>` ends the quote, for it is the
 * answer; and what would be a heading, a table, a rule or HTML is text.
 */
import { parseInline } from "./inline.ts";
import type { Block, Inline, ListItem } from "./tree.ts";

/** Quotes and lists within each other. */
const MAX_DEPTH = 6;
const FENCE = /^ {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$/;
const LANGUAGE = /^[\w+#.-]{1,20}$/;
/** With a space: `>_<` and `>:(` are faces. */
const QUOTE = /^ {0,3}>(?: |(?=>)|$)/;
const ITEM = /^([ \t]*)([-*]|(?:0|[1-9]\d{0,8})[.)])([ \t]+)(?=\S)/;
const RULE = /^[ \t]*([-*])[ \t]*(?:\1[ \t]*){2,}$/;
const BLANK_LINES = /(\n(?:[ \t]*\n)+)/;
const TAB = 4;

/** Columns of white space at a line's beginning. */
function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === " ") columns++;
    else if (character === "\t") columns += TAB;
    else break;
  }
  return columns;
}

/** The line without its first `columns` of white space, or without all of it. */
function outdented(line: string, columns: number): string {
  let at = 0;
  for (let seen = 0; seen < columns && /[ \t]/.test(line[at] ?? ""); at++) {
    seen += line[at] === "\t" ? TAB : 1;
  }
  return line.slice(at);
}

function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** Lines as one text, without the empty ones at both ends. */
export function withoutEdges(lines: string[]): string {
  const first = lines.findIndex((line) => !isBlank(line));
  return first < 0 ? "" : lines.slice(first).join("\n").trimEnd();
}

interface Marker {
  indent: number;
  /** `-`, `*`, `.` or `)`: items of one list share it. */
  sign: string;
  value?: number;
  /** Columns up to the item's words. */
  width: number;
}

function markerOf(line: string): Marker | null {
  const found = ITEM.exec(line);
  if (!found || RULE.test(line)) return null;
  const [, space, mark, gap] = found as unknown as [string, string, string, string];
  const indent = indentOf(space);
  const value = mark.length > 1 ? Number(mark.slice(0, -1)) : undefined;
  return {
    indent,
    sign: mark.at(-1)!,
    value,
    width: indent + mark.length + (gap.length > TAB ? 1 : gap.length),
  };
}

/** Words of one paragraph after another; no span reaches over an empty line. */
function inlineOf(text: string): Inline[] {
  return text.split(BLANK_LINES).flatMap((part, place): Inline[] =>
    place % 2 === 1 ? [{ type: "text", text: part }] : parseInline(part)
  );
}

class BlockReader {
  readonly #blocks: Block[] = [];
  #words: string[] = [];
  #at = 0;

  constructor(readonly lines: string[], readonly depth: number) {}

  read(): Block[] {
    while (this.#at < this.lines.length) {
      const line = this.lines[this.#at]!;
      if (this.#fence(line) || (this.depth < MAX_DEPTH && (this.#quote(line) || this.#list(line)))) continue;
      this.#words.push(line);
      this.#at++;
    }
    this.#endParagraph();
    return this.#blocks;
  }

  #endParagraph(): void {
    const text = withoutEdges(this.#words);
    this.#words = [];
    if (text !== "") this.#blocks.push({ type: "paragraph", children: inlineOf(text) });
  }

  #add(block: Block): true {
    this.#endParagraph();
    this.#blocks.push(block);
    return true;
  }

  /** Code up to a closing fence, or to the end. In a hurry people put the fences beside the code: that counts too. */
  #fence(line: string): boolean {
    const found = FENCE.exec(line);
    if (!found) return false;
    const [, fence, info] = found as unknown as [string, string, string];
    const isLanguage = LANGUAGE.test(info.trim());
    const code = isLanguage || isBlank(info) ? [] : [info];
    for (this.#at++; this.#at < this.lines.length; this.#at++) {
      const rest = beforeFence(this.lines[this.#at]!, fence);
      code.push(rest ?? this.lines[this.#at]!);
      if (rest === null) continue;
      if (isBlank(rest)) code.pop();
      this.#at++;
      break;
    }
    const language = isLanguage ? info.trim().toLowerCase() : "";
    return this.#add({ type: "code_block", language, text: code.join("\n") });
  }

  #quote(line: string): boolean {
    if (!QUOTE.test(line)) return false;
    const inside: string[] = [];
    for (; this.#at < this.lines.length && QUOTE.test(this.lines[this.#at]!); this.#at++) {
      inside.push(this.lines[this.#at]!.replace(QUOTE, ""));
    }
    const children = new BlockReader(inside, this.depth + 1).read();
    if (children.length > 0) return this.#add({ type: "quote", children });
    // Marks around nothing are what was said.
    this.#words.push(...this.lines.slice(this.#at - inside.length, this.#at));
    return true;
  }

  #list(line: string): boolean {
    const first = markerOf(line);
    if (!first || first.indent >= TAB) return false;
    // "I was born in ⏎ 1986. It rained.": a list in the middle of words begins with its first number.
    const amid = !isBlank(this.#words.at(-1) ?? "");
    if (amid && first.value !== undefined && first.value > 1) return false;
    const items: ListItem[] = [];
    for (
      let marker = first;
      items.length === 0 || marker.sign === first.sign && marker.indent < first.indent + 2;
    ) {
      items.push(this.#item(marker));
      const next = markerOf(this.lines[this.#at] ?? "");
      if (!next) break;
      marker = next;
    }
    return this.#add({ type: "list", ordered: first.value !== undefined, items });
  }

  /** An item's lines are its first one and those that stand further in; empty ones between them count. */
  #item({ indent, value, width }: Marker): ListItem {
    const inside = [outdentedItem(this.lines[this.#at]!, width)];
    for (this.#at++; this.#at < this.lines.length; this.#at++) {
      const line = this.lines[this.#at]!;
      if (!isBlank(line) && indentOf(line) < indent + 2) break;
      inside.push(outdented(line, width));
    }
    const children = new BlockReader(inside, this.depth + 1).read();
    return value === undefined ? { children } : { value, children };
  }
}

/** The words of an item's first line. Its marker takes the place of white space. */
function outdentedItem(line: string, width: number): string {
  return outdented(line.replace(ITEM, (all) => " ".repeat(Math.max(width, indentOf(all)))), width);
}

/** What stands before the fence that ends this line, if one does. */
function beforeFence(line: string, fence: string): string | null {
  const trimmed = line.trimEnd();
  let start = trimmed.length;
  while (start > 0 && trimmed[start - 1] === fence[0]) start--;
  return trimmed.length - start >= fence.length ? trimmed.slice(0, start) : null;
}

/** Reads lines into blocks. */
export function parseBlocks(lines: string[]): Block[] {
  return new BlockReader(lines, 0).read();
}
