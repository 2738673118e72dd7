export type TextPart = { text: string; href?: string };

const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;

/** Punctuation after an address belongs to the sentence, and so does a bracket that the address did not open. */
function trimEnd(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1]!;
    const inside = address.slice(0, end);
    const unopened = last === ")" && inside.split(")").length > inside.split("(").length;
    if (!/[.,;:!?…،؛؟。、」』»\]}*_]/.test(last) && !unopened) break;
    end--;
  }
  return address.slice(0, end);
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).hostname !== "";
}

/** Cuts a message into plain text and web addresses. Only `http:` and `https:` count; the text is never HTML. */
export function partsOf(body: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of body.matchAll(ADDRESS)) {
    const address = trimEnd(found[0]);
    if (!isAddress(address)) continue;
    if (found.index > at) parts.push({ text: body.slice(at, found.index) });
    parts.push({ text: address, href: address });
    at = found.index + address.length;
  }
  if (at < body.length) parts.push({ text: body.slice(at) });
  return parts;
}
