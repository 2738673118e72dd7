/** Joins class names, leaving out what is false. The stylesheet is made from the literals in `class` and `cx(…)`. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
