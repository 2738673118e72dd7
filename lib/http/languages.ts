/** Tags read of one header; browsers send a handful. */
const READ = 12;

/**
 * The languages of `Accept-Language` in the reader's order (RFC 9110, 12.5.4), as canonical BCP 47 tags. What is no tag
 * is passed over, and so is what the reader does not want (`;q=0`) and `*`.
 */
export function acceptedLanguages(header: string | null): string[] {
  const wanted = (header ?? "").split(",", READ).flatMap((part) => {
    const [tag = "", ...parameters] = part.split(";").map((text) => text.trim());
    const weight = weightOf(parameters);
    return weight > 0 ? canonical(tag).map((name) => ({ name, weight })) : [];
  });
  // Sorting is stable: equals stay in the order in which they were named.
  return [...new Set(wanted.sort((a, b) => b.weight - a.weight).map(({ name }) => name))];
}

/** `q` of 0 to 1; 1 when there is none, 0 when it cannot be read. */
function weightOf(parameters: string[]): number {
  const quality = parameters.find((text) => /^q\s*=/i.test(text));
  if (quality === undefined) return 1;
  const value = /^q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i.exec(quality)?.[1];
  return value === undefined ? 0 : Number(value);
}

function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}
