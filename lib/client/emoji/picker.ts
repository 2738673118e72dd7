/** The state of the emoji picker: what is shown, what is searched for. Its data is loaded when it is first opened. */
import { Listeners } from "../listeners.ts";
import { Catalogue, type Emoji, type EmojiData, toned } from "./catalogue.ts";
import type { EmojiHabits } from "./habits.ts";
import type { Tone } from "./tone.ts";

/** An emoji as it is shown and sent: in the chosen skin tone. */
export interface EmojiChoice {
  emoji: string;
  name: string;
  /** Its usual shortcode, without colons. */
  code: string;
}

export interface EmojiChoices {
  name: string;
  /** Holds what was used lately, and stands first. */
  recent?: boolean;
  emoji: readonly EmojiChoice[];
}

export interface PickerView {
  phase: "loading" | "ready" | "failed";
  query: string;
  /** All groups when nothing is searched for, else one with what was found. */
  groups: readonly EmojiChoices[];
  tone: Tone;
}

export interface PickerDeps {
  habits: EmojiHabits;
  /** `() => import("./data.gen.ts")`, as {@link loadEmojiData} does. */
  load: () => Promise<EmojiData>;
  /** Of Unicode's emoji, what this system draws. */
  newest: () => number;
}

/** More than that nobody looks through; a better word is quicker. */
const FOUND_AT_MOST = 160;

/** A file of its own in the build, some 25 KB on the way; the browser keeps it. */
export function loadEmojiData(): Promise<EmojiData> {
  return import("./data.gen.ts");
}

export class EmojiPicker {
  #view: PickerView;
  #catalogue: Promise<Catalogue> | null = null;
  #ready: Catalogue | null = null;
  /** As they were when the picker was opened: nothing moves under the hand. */
  #recent: Emoji[] = [];
  #all: readonly EmojiChoices[] = [];
  readonly #changes = new Listeners<PickerView>();

  constructor(readonly deps: PickerDeps) {
    this.#view = { phase: "loading", query: "", groups: [], tone: deps.habits.tone };
  }

  get view(): PickerView {
    return this.#view;
  }

  subscribe(listener: (view: PickerView) => void): () => void {
    return this.#changes.add(listener);
  }

  /** The data, fetched once; after a failure the next call tries again. */
  catalogue(): Promise<Catalogue> {
    this.#catalogue ??= this.deps.load().then((data) => new Catalogue(data, this.deps.newest()));
    this.#catalogue.catch(() => this.#catalogue = null);
    return this.#catalogue;
  }

  /** Begins anew: no search, what was used lately, the data if it is not here yet. Also tries again. */
  async open(): Promise<void> {
    this.#become({ query: "", groups: [], phase: "loading", tone: this.deps.habits.tone });
    try {
      const catalogue = this.#ready = await this.catalogue();
      this.#recent = this.deps.habits.recent.flatMap((char) => catalogue.of(char) ?? []);
      this.#arrange();
      this.#become({ phase: "ready", groups: this.#shown(this.#view.query) });
    } catch {
      this.#become({ phase: "failed" });
    }
  }

  search(query: string): void {
    this.#become({ query, groups: this.#shown(query) });
  }

  choose(tone: Tone): void {
    this.deps.habits.tone = tone;
    this.#become({ tone });
    this.#arrange();
    this.#become({ groups: this.#shown(this.#view.query) });
  }

  /** Remembers that it was used, here or elsewhere. @param emoji in any skin tone */
  used(emoji: string): void {
    this.deps.habits.used(this.#ready?.of(emoji)?.char ?? emoji);
  }

  /** For a list beside the text: those that fit best. */
  async suggest(query: string, limit: number): Promise<EmojiChoice[]> {
    return (await this.catalogue()).search(query, limit).map((emoji) => this.#choice(emoji));
  }

  #choice(emoji: Emoji): EmojiChoice {
    return { emoji: toned(emoji, this.#view.tone), name: emoji.name, code: emoji.codes[0]! };
  }

  /** All groups in the chosen tone. A group without skin tones stays the object that it was: it is not drawn again. */
  #arrange(): void {
    const before = new Map(this.#all.map((group) => [group.name, group]));
    const recent = { name: "Recently used", recent: true, emoji: this.#recent };
    const groups = this.#recent.length > 0 ? [recent, ...this.#ready!.groups] : this.#ready!.groups;
    this.#all = groups.map((group) => {
      const changes = group === recent || group.emoji.some(({ tones }) => tones !== "");
      const kept = changes ? undefined : before.get(group.name);
      return kept ?? { ...group, emoji: group.emoji.map((emoji) => this.#choice(emoji)) };
    });
  }

  #shown(query: string): readonly EmojiChoices[] {
    if (!this.#ready || query.trim() === "") return this.#all;
    const found = this.#ready.search(query, FOUND_AT_MOST);
    return found.length === 0 ? [] : [{ name: "Found", emoji: found.map((emoji) => this.#choice(emoji)) }];
  }

  #become(change: Partial<PickerView>): void {
    this.#view = { ...this.#view, ...change };
    this.#changes.tell(this.#view);
  }
}
