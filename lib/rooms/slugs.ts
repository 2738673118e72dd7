/** Addresses made from names. */
import { isReserved, SLUG_MAX, SLUG_MIN } from "../protocol/forms/rooms.ts";

/** Letters that do not come apart into a plain one and its marks (Unicode's NFKD leaves them alone). */
const PLAIN: Record<string, string> = {
  "ß": "ss",
  "æ": "ae",
  "œ": "oe",
  "ø": "o",
  "ł": "l",
  "đ": "d",
  "ð": "d",
  "þ": "th",
  "ı": "i",
};
/** Variations with small numbers, before chance decides. */
const COUNTED = 9;

/** `Café für Bücher` → `cafe-fur-bucher`. `null` for names that leave too little, as those of other scripts do. */
export function slugFrom(name: string): string | null {
  const slug = dashed(
    name.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "").replaceAll(
      /[ßæœøłđðþı]/g,
      (letter) => PLAIN[letter]!,
    ),
  );
  return slug.length >= SLUG_MIN && /[a-z]/.test(slug) && !isReserved(slug) ? slug : null;
}

/** What a room called so may be addressed by, the best first. The last ones are nobody's yet, as far as chance can tell. */
export function* slugsFor(name: string): Generator<string> {
  const slug = slugFrom(name);
  if (slug !== null) {
    yield slug;
    for (let count = 2; count <= COUNTED; count++) yield varied(slug, `${count}`);
  }
  for (let count = 0; count < COUNTED; count++) yield varied(slug ?? "room", fourLetters());
}

function varied(slug: string, end: string): string {
  return `${dashed(slug.slice(0, SLUG_MAX - end.length - 1))}-${end}`;
}

function dashed(text: string): string {
  return text.replaceAll(/[^a-z0-9]+/g, "-").slice(0, SLUG_MAX).replaceAll(/^-+|-+$/g, "");
}

/** Of letters and digits that are not mistaken for each other. */
function fourLetters(): string {
  const signs = "abcdefghjkmnpqrstuvwxyz23456789";
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => signs[byte % signs.length]).join("");
}
