/**
 * What a message says in characters alone: lists of rooms, calls, notifications, replies, screen readers. All of them say
 * it by this file, so that none shows markup or gives a spoiler away.
 */
import { isPicture, isWordless } from "./attachments.ts";
import { parseMarkdown } from "./markdown/parse.ts";
import { type Emoji, plainText } from "./markdown/plain_text.ts";
import { isSticker, stickerOf } from "./stickers.ts";
import type { Attachment, LastWords, Message } from "./types.ts";

/** Characters of the last words: a line in a list shows fewer. */
const LAST_WORDS_MAX = 200;

type File = Pick<Attachment, "name" | "width">;

/** What it takes to say it. */
export interface Sayable extends Pick<Message, "kind" | "body"> {
  attachments?: readonly File[];
}

export interface Words {
  text: string;
  /** They tell what somebody did ("sent a sticker: hello"), and so follow a name without a colon. */
  deed?: true;
}

/**
 * The words without their markup. Lines are kept, spoilers stay hidden, people are `@name`; a sticker is told by its
 * label, and files that came without words by their names.
 * @param emoji what `:codes:` stand for; those that are missing stay as typed
 */
export function wordsOf({ kind, body, attachments = [] }: Sayable, emoji?: Emoji): Words {
  if (kind === "SYSTEM") return { text: body };
  if (kind === "STICKER") return { text: `sent a sticker: ${labelOf(body)}`, deed: true };
  // A file's name may look like markup, and is none.
  if (isWordless({ body, attachments })) {
    return { text: `sent ${filesOf(attachments)}: ${body}`, deed: true };
  }
  return { text: plainText(parseMarkdown(body), emoji) };
}

/** Who says it, and what. */
export function saidBy(name: string, { text, deed }: Words): string {
  return deed ? `${name} ${text}` : `${name}: ${text}`;
}

/** As lists of rooms show it: in one line, cut after the markup was read, so that no half of a spoiler is left. */
export function lastWords(
  message: Sayable & Pick<Message, "createdAt" | "deletedAt"> & { author: LastWords["author"] | null },
  emoji?: Emoji,
): LastWords {
  const { kind, author, createdAt, deletedAt } = message;
  const about = { kind, at: createdAt, ...(author && { author: { id: author.id, name: author.name } }) };
  if (deletedAt !== undefined) return { ...about, body: "", deleted: true };
  const { text, ...deed } = wordsOf(message, emoji);
  return { ...about, ...deed, body: inOneLine(text) };
}

function inOneLine(text: string): string {
  const line = text.slice(0, 4 * LAST_WORDS_MAX).replaceAll(/\s+/g, " ").trim();
  return [...line].slice(0, LAST_WORDS_MAX).join("");
}

/** A sticker that this build does not know is one all the same. */
function labelOf(id: string): string {
  return isSticker(id) ? stickerOf(id).label.toLowerCase() : "one of another kind";
}

function filesOf(files: readonly File[]): string {
  const noun = files.every(isPicture) ? "picture" : "file";
  return files.length === 1 ? `a ${noun}` : `${files.length} ${noun}s`;
}
