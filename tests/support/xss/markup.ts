/** Hostile texts within Markdown: each way to write something around them. */
import { MESSAGE_MAX_CHARACTERS } from "../../../lib/protocol/limits.ts";

const WRAPPINGS: ((text: string) => string)[] = [
  (text) => `**${text}** _${text}_ ~~${text}~~`,
  (text) => `\`\`${text}\`\``,
  (text) => `||${text}||`,
  (text) => `[${text}](https://example.org/)`,
  (text) => `[a](${text})`,
  (text) => `[a](<${text}> "${text}")`,
  (text) => `![${text}](${text})`,
  (text) => `<${text}>`,
  (text) => `https://example.org/${text}`,
  (text) => `> ${text}`,
  (text) => `- ${text}`,
  (text) => `@${text} #${text} :${text}:`,
  (text) => `> 1. **||[${text}](https://example.org/?${text})||** \`${text}\``,
  (text) => `> > - ~~[**${text}**](${text})~~`,
  (text) => `[a]: ${text} "${text}"\n\n[a] [${text}][a]`,
  (text) => `~~~~~~${text}\n${text}\n~~~~~~`,
];

/** The text in all its wrappings, in as few messages as hold them. */
export function wrapped(text: string): string[] {
  return packed(WRAPPINGS.map((wrap) => wrap(text)));
}

/** Puts texts together, a blank line between two, as far as a message reaches. */
export function packed(texts: readonly string[]): string[] {
  const messages: string[] = [];
  for (const text of texts.filter((text) => text.length <= MESSAGE_MAX_CHARACTERS)) {
    const longer = `${messages.at(-1) ?? ""}\n\n${text}`;
    if (messages.length > 0 && longer.length <= MESSAGE_MAX_CHARACTERS) {
      messages[messages.length - 1] = longer;
    } else messages.push(text);
  }
  return messages;
}

/** The text as a block of code, which shows it letter by letter. */
export function asCode(text: string): string {
  return `~~~~~~\n${text}\n~~~~~~`;
}
