import type { Fields } from "./body.ts";

/** What somebody typed into these fields of a form, to be shown again. */
export function typed(fields: Fields, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = fields[name];
    return typeof value === "string" ? [[name, value]] : [];
  }));
}
