/** Skin tones: 0 is the yellow of no tone, 1 to 5 run from light to dark (Fitzpatrick's scale, as Unicode has it). */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5;
/** How an emoji takes a tone: not at all, after its first person or hand, or after its first and its last. */
export type ToneRule = "" | "+" | "*";

export const TONES: readonly Tone[] = [0, 1, 2, 3, 4, 5];
/** U+1F3FB is tone 1. */
const BEFORE_FIRST = 0x1f3fa;
const JOINER = "\u200D";

/** The emoji in this tone; as it is when it has none. Two people get the same tone. */
export function withTone(emoji: string, rule: ToneRule, tone: number): string {
  if (rule === "" || tone === 0) return emoji;
  const modifier = String.fromCodePoint(BEFORE_FIRST + tone);
  const parts = emoji.split(JOINER);
  const toned = (part: string) => {
    const [first, ...rest] = [...part];
    // A modifier makes an emoji of what would be text, so the selector that did so goes.
    return first + modifier + rest.filter((character) => character !== "\uFE0F").join("");
  };
  const last = rule === "*" ? parts.length - 1 : 0;
  return parts.map((part, index) => index === 0 || index === last ? toned(part) : part).join(JOINER);
}
