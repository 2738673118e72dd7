/** What can finish the word that is being written: `:emoji`, `@somebody`, `#room`. */
import type { UserId } from "../protocol/ids.ts";
import type { Author, MyRoom } from "../protocol/types.ts";
import type { Token } from "./emoji/completion.ts";
import type { EmojiChoice } from "./emoji/picker.ts";

export interface PersonSuggestion {
  username: string;
  name: string;
  avatar?: string;
}

export interface RoomSuggestion {
  slug: string;
  name: string;
}

export type Suggestion = EmojiChoice | PersonSuggestion | RoomSuggestion;

/** What is suggested from, asked anew for each word. */
export interface SuggestionSources {
  emoji: (query: string, limit: number) => Promise<readonly EmojiChoice[]>;
  /** Who may be meant, the likeliest first; the same person may come twice. */
  people: () => Promise<readonly Nameable[]>;
  rooms: () => readonly Pick<MyRoom, "name" | "slug">[];
}

/** Without a username nobody can be mentioned. */
export type Nameable = Pick<Author, "id" | "name" | "username" | "avatar">;

/** As many as can be looked over. */
const SHOWN = 8;

/** Small letters without accents, so that "jose" finds José. */
function folded(text: string): string {
  return text.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
}

/** Those of whom one of the texts begins so, then those of whom a later word does; each in the order given. */
function beginning<Item>(items: readonly Item[], query: string, textsOf: (item: Item) => string[]): Item[] {
  const sought = folded(query);
  const ranked = items.map((item) => {
    const texts = textsOf(item).map(folded);
    if (texts.some((text) => text.startsWith(sought))) return { item, rank: 0 };
    const words = texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
    return { item, rank: words.some((word) => word.startsWith(sought)) ? 1 : 2 };
  });
  return [0, 1].flatMap((wanted) => ranked.filter(({ rank }) => rank === wanted)).map(({ item }) => item)
    .slice(0, SHOWN);
}

/** Everybody once, nobody of `without`, nobody who has no username. */
function mentionable(people: readonly Nameable[], without: ReadonlySet<UserId>): PersonSuggestion[] {
  const found = new Map<UserId, PersonSuggestion>();
  for (const { id, name, username, avatar } of people) {
    if (username === undefined || without.has(id)) continue;
    // Who is known from presence has no picture; who is known from a message has.
    const known = found.get(id);
    found.set(id, { username, name, avatar: known?.avatar ?? avatar });
  }
  return [...found.values()];
}

/**
 * Finds what a begun word may become, at most eight, the likeliest first.
 * @param without who is never meant: oneself, and those whom one has blocked
 */
export async function findSuggestions(
  { trigger, query }: Pick<Token, "trigger" | "query">,
  sources: SuggestionSources,
  without: ReadonlySet<UserId>,
): Promise<readonly Suggestion[]> {
  switch (trigger) {
    case ":":
      return await sources.emoji(query, SHOWN);
    case "@": {
      const people = mentionable(await sources.people(), without);
      return beginning(people, query, ({ username, name }) => [username, name]);
    }
    case "#": {
      const rooms = sources.rooms().flatMap(({ name, slug }) => slug === undefined ? [] : { name, slug });
      return beginning(rooms, query, ({ slug, name }) => [slug, name]);
    }
  }
}

/** What is written in place of the word. */
export function insertionOf(item: Suggestion): string {
  if ("emoji" in item) return item.emoji;
  return "username" in item ? `@${item.username}` : `#${item.slug}`;
}

/** Tells suggestions of one list apart. */
export function suggestionKey(item: Suggestion): string {
  return "emoji" in item ? item.code : insertionOf(item);
}
