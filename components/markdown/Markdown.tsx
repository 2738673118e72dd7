import type { ComponentChildren } from "preact";
import { parseMarkdown } from "../../lib/protocol/markdown/parse.ts";
import type { Block, List, ListItem } from "../../lib/protocol/markdown/tree.ts";
import { cx } from "../cx.ts";
import { CodeBlock } from "./CodeBlock.tsx";
import { drawInline } from "./inline.tsx";
import type { Known } from "./known.ts";

export type { Known };

export interface MarkdownProps {
  /** What was typed. */
  text: string;
  known?: Known;
  class?: string;
  /** Stands after the last word, such as "(edited)". */
  end?: ComponentChildren;
}

/** Past this, numbers are wider than the margin and stand inside. */
const WIDE_NUMBER = 99;

function drawItem({ value, children }: ListItem, known: Known, key: number): ComponentChildren {
  const [first, ...rest] = children;
  const begins = first?.type === "paragraph" ? drawInline(first.children, known) : null;
  return (
    <li key={key} value={value}>
      {begins}
      {drawBlocks(begins ? rest : children, known, false)}
    </li>
  );
}

function drawList({ ordered, items }: List, known: Known, key: number, dir?: "auto"): ComponentChildren {
  const drawn = items.map((item, place) => drawItem(item, known, place));
  if (!ordered) return <ul key={key} class="list-disc ps-6" dir={dir}>{drawn}</ul>;
  const wide = items.some(({ value = 0 }) => value > WIDE_NUMBER);
  return <ol key={key} class={cx("list-decimal", wide ? "list-inside" : "ps-8")} dir={dir}>{drawn}</ol>;
}

/** Each block of the message goes its own way, left to right or right to left; what is within a block follows it. */
function drawBlocks(
  blocks: Block[],
  known: Known,
  outermost: boolean,
  end?: ComponentChildren,
): ComponentChildren {
  const dir = outermost ? "auto" : undefined;
  return blocks.map((block, key) => {
    switch (block.type) {
      case "paragraph":
        return (
          <p key={key} dir={dir}>{drawInline(block.children, known)}{key === blocks.length - 1 && end}</p>
        );
      case "quote":
        return (
          <blockquote key={key} class="my-1 border-s-4 border-strong ps-3" dir={dir}>
            {drawBlocks(block.children, known, false)}
          </blockquote>
        );
      case "list":
        return drawList(block, known, key, dir);
      case "code_block":
        return <CodeBlock key={key} text={block.text} language={block.language} />;
    }
  });
}

/** A message's words. Tags and attributes are those that stand in this folder, whatever was typed. */
export function Markdown({ text, known = {}, class: extra, end }: MarkdownProps) {
  const blocks = parseMarkdown(text);
  const [first] = blocks;
  const looks = cx("words max-w-words", extra);
  // As nearly all messages are: one element, no more.
  if (blocks.length === 1 && first?.type === "paragraph") {
    return <div class={looks} dir="auto">{drawInline(first.children, known)}{end}</div>;
  }
  return (
    <div class={looks}>
      {drawBlocks(blocks, known, true, end)}
      {blocks.at(-1)?.type !== "paragraph" && end}
    </div>
  );
}
