/** Addresses that a link may lead to, and how they are shown. */
import { UNSEEN } from "./characters.ts";

export interface Address {
  /** ASCII, as the browser itself would write it. */
  href: string;
  /** What is shown: as typed when that is where it leads, else {@link href}. */
  text: string;
  /** The host in punycode, with its port; or the mail address. */
  host: string;
}

/** No name before the host: `https://bank.example@evil.example` leads to the latter. */
const WEB = /^https?:\/\/(?![^/?#]*@)[^\s\\<>]+$/i;
const HOST = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/;
/** No headers: they could attach files, or address others. */
const MAIL = /^mailto:([\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i;
/** In running text an address ends at what can stand in none, at `|` (spoilers) and at East Asian marks: there, words
 * follow without a space. */
const RUNNING = /https?:\/\/[^\s\\<>"'`|\u3000-\u303f\uff00-\uffef]+|mailto:[\w.+@-]+/iy;
const SENTENCE_END = /[.,;:!?…،؛؟»\]}*_~]/;

/** The address, if a link may lead there. */
export function addressOf(typed: string): Address | null {
  const mail = MAIL.exec(typed)?.[1];
  if (mail) return { href: `mailto:${mail}`, text: typed, host: mail };
  if (!WEB.test(typed) || UNSEEN.test(typed) || !URL.canParse(typed)) return null;
  const { href, protocol, hostname, host } = new URL(typed);
  if (protocol !== "http:" && protocol !== "https:") return null;
  if (!HOST.test(hostname)) return null;
  return { href, text: leadsTo(typed, href) ? typed : href, host };
}

function leadsTo(typed: string, href: string): boolean {
  if (href === typed || href === `${typed}/`) return true;
  try {
    return decodeURI(href) === typed;
  } catch {
    return false;
  }
}

/** Punctuation after an address belongs to the sentence, and so does a bracket that the address did not open. */
function trimEnd(address: string): string {
  let unopened = 0;
  for (const character of address) {
    if (character === ")") unopened++;
    else if (character === "(") unopened--;
  }
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1]!;
    if (last === ")" && unopened > 0) unopened--;
    else if (!SENTENCE_END.test(last)) break;
    end--;
  }
  return address.slice(0, end);
}

/**
 * The address that begins at `at` in running text, as it was typed; `null` when none does.
 * @param inBrackets a `]` ends it: it stands in the label of what may be a link.
 */
export function runningAddress(text: string, at: number, inBrackets: boolean): string | null {
  RUNNING.lastIndex = at;
  let found = RUNNING.exec(text)?.[0];
  if (!found) return null;
  const unseen = found.search(UNSEEN);
  if (unseen >= 0) found = found.slice(0, unseen);
  if (inBrackets && found.includes("]")) found = found.slice(0, found.indexOf("]"));
  return trimEnd(found);
}
