/**
 * What a message's text means: the whole of it, as data. Drawing is a matter of this list alone, so whatever has no
 * node here can never reach the page as anything but the characters that were typed.
 */

export type Inline =
  | Text
  | { type: SpanType; children: Inline[] }
  /** `text` as it stands between the backticks. */
  | { type: "code"; text: string }
  | Link
  /** `@username`, as typed. Whether there is such a person, the reader of the tree must know. */
  | { type: "mention"; username: string }
  /** `#slug` or `#lounge/language`, as typed. */
  | { type: "room_link"; slug: string }
  /** `:code:`, of which `code` need not be the name of any emoji. */
  | { type: "shortcode"; code: string };

export interface Text {
  type: "text";
  text: string;
}

export type SpanType = "strong" | "emphasis" | "strikethrough" | "spoiler";

export interface Link {
  type: "link";
  /** `http:`, `https:` or `mailto:`, in ASCII: hosts are punycode, everything that cannot be seen is escaped. */
  href: string;
  /** Where it leads in short, to be shown beside the label: the host, or the mail address. Left out when the link is
   * the address itself. */
  host?: string;
  /** Written between angle brackets, `<https://…>`: no preview is wanted. */
  quiet?: true;
  /** Text, code, shortcodes and spans of them; nothing that leads or opens by itself. */
  children: Inline[];
}

export type Block =
  /** Lines are kept: `\n` in texts. */
  | { type: "paragraph"; children: Inline[] }
  | { type: "quote"; children: Block[] }
  | List
  /** `language` in small letters, or empty. */
  | { type: "code_block"; language: string; text: string };

export interface List {
  type: "list";
  ordered: boolean;
  items: ListItem[];
}

export interface ListItem {
  /** The number as typed, of ordered lists. */
  value?: number;
  children: Block[];
}

export type InlineOf<Type extends Inline["type"]> = Extract<Inline, { type: Type }>;

/** Calls `visit` with every inline node, parents first, in the order of the text. */
export function walk(blocks: Block[], visit: (node: Inline) => void): void {
  const inside = (nodes: Inline[]) => {
    for (const node of nodes) {
      visit(node);
      if ("children" in node) inside(node.children);
    }
  };
  for (const block of blocks) {
    if (block.type === "paragraph") inside(block.children);
    else if (block.type === "quote") walk(block.children, visit);
    else if (block.type === "list") { for (const item of block.items) walk(item.children, visit); }
  }
}
