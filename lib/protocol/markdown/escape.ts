/** Characters that begin markup anywhere. */
const ANYWHERE = /[\\`*_~|[\]<:@#]/g;
/** What begins a quote or a list at the beginning of a line. */
const FIRST = /^([ \t]*)([->]|\d{1,9}[.)])/gm;

/** The text so that reading it as Markdown gives back what it was: every character stands for itself. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(ANYWHERE, "\\$&")
    .replaceAll(FIRST, (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.at(-1)}`);
}
