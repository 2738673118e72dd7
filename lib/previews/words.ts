/**
 * Other people's words as one line of plain text: no control characters, nothing that turns the direction of what
 * stands beside it, cut between letters where it is too long.
 *
 * @param max UTF-16 units
 * @returns `undefined` when nothing is left
 */
export function tidyWords(text: string | undefined, max: number): string | undefined {
  const line = (text ?? "").toWellFormed()
    .replaceAll(/[\u202a-\u202e\u2066-\u2069\u{fff9}-\u{fffb}\ufeff]/gu, "")
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, " ")
    .trim();
  return cut(line, max) || undefined;
}

function cut(line: string, max: number): string {
  if (line.length <= max) return line;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter().segment(line)) {
    if (index + segment.length > max - 1) break;
    end = index + segment.length;
  }
  return `${line.slice(0, end).trimEnd()}…`;
}
