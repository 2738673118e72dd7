/** What this browser's person likes to use: the last emoji, and a skin tone. Shared by all rooms and tabs. */
import type { Store } from "../environment.ts";
import { type Tone, TONES } from "./tone.ts";

/** Three lines of the picker. */
const KEPT = 24;
const RECENT = "parley:emoji:recent";
const TONE = "parley:emoji:tone";

export class EmojiHabits {
  constructor(readonly store: Store) {}

  /** The last one first, without skin tones. */
  get recent(): string[] {
    return (this.store.get(RECENT) ?? "").split(" ").filter(Boolean).slice(0, KEPT);
  }

  /** @param char without a skin tone */
  used(char: string): void {
    const recent = [char, ...this.recent.filter((other) => other !== char)];
    this.store.set(RECENT, recent.slice(0, KEPT).join(" "));
  }

  get tone(): Tone {
    const kept = Number(this.store.get(TONE));
    return TONES.find((tone) => tone === kept) ?? 0;
  }

  set tone(tone: Tone) {
    this.store.set(TONE, `${tone}`);
  }
}
