import type { Sql } from "../../db/client.ts";
import { stemsOf } from "../../db/queries/search_index.ts";
import { fold } from "./fold.ts";
import { shortName, stemmerFor } from "./languages.ts";
import type { Word } from "./words.ts";

/** Entries that are remembered: the commonest words of a dozen languages, some MB. */
const REMEMBERED = 50_000;

/** Stems by PostgreSQL's own dictionaries, remembered for as long as this lives. */
export class Stems {
  /** `english:running` → `en:run`, or `null` for none. */
  readonly #known = new Map<string, string | null>();

  constructor(private readonly sql: Sql) {}

  /** Looks up what is not known yet, all in one question. */
  async learn(words: Iterable<{ word: Word; stemmer: string | null }>): Promise<void> {
    const unknown = new Map<string, { stemmer: string; word: string }>();
    for (const { word, stemmer } of words) {
      const key = keyOf(word, stemmer);
      if (key === null || this.#known.has(key)) continue;
      unknown.set(key, { stemmer: stemmer!, word: key.slice(key.indexOf(":") + 1) });
    }
    if (unknown.size === 0) return;
    if (this.#known.size + unknown.size > REMEMBERED) this.#known.clear();
    const stems = await stemsOf(this.sql, [...unknown.values()]);
    for (const [index, [key, { stemmer }]] of [...unknown].entries()) {
      const stem = stems[index] && fold(stems[index]);
      this.#known.set(key, stem ? `${shortName(stemmer)}:${stem}` : null);
    }
  }

  /** As it stands in the index, `en:run`; `null` for none. The word must have been learnt. */
  of(word: Word, stemmer: string | null): string | null {
    const key = keyOf(word, stemmer);
    return key === null ? null : this.#known.get(key) ?? null;
  }
}

/** Accents tell forms apart, so stems are taken of words as they are written; in Arabic, of what is left of them when folded. */
function keyOf({ kind, text, written }: Word, stemmer: string | null): string | null {
  if (kind !== "word" || stemmer === null) return null;
  return `${stemmer}:${stemmer === "arabic" ? text : written.toLowerCase().normalize("NFC").slice(0, 64)}`;
}

/** The stemmer of a word in a room of this language. */
export function stemmerOf(word: Word, language: string | null): string | null {
  return word.kind === "word" ? stemmerFor(word.written, language) : null;
}
