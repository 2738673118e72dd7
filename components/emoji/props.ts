/** What the picker's views are given. `lib/client/emoji` knows it, an island hands it on. */
import type { StickerId } from "../../lib/protocol/stickers.ts";

/** An emoji as it is shown and sent: in the chosen skin tone. */
export interface EmojiChoice {
  emoji: string;
  name: string;
  /** Its usual shortcode, without colons. */
  code: string;
}

export interface EmojiChoices {
  name: string;
  /** Holds what was used lately. */
  recent?: boolean;
  emoji: readonly EmojiChoice[];
}

/** 0 is none; 1 to 5 run from light to dark. */
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5;

export interface EmojiView {
  phase: "loading" | "ready" | "failed";
  query: string;
  /** All groups when nothing is searched for, else one with what was found, or none. */
  groups: readonly EmojiChoices[];
  tone: SkinTone;
}

/** `more`: Shift was held, which asks for the picker to stay open. */
export type Picked = { emoji: string; more: boolean } | { sticker: StickerId };

export interface EmojiPanelProps {
  view: EmojiView;
  /** What is shown first. */
  first?: "emoji" | "stickers";
  /** Reactions are emoji alone. */
  withoutStickers?: boolean;
  /** There is no keyboard but the one on the screen: do not bring it up before it is asked for. */
  touch?: boolean;
  /** The button that opened the panel: the focus returns to it, and its own click closes. */
  opener?: () => HTMLElement | null;
  onQuery: (query: string) => void;
  onTone: (tone: SkinTone) => void;
  onPick: (picked: Picked) => void;
  onClose: () => void;
  /** Loading has failed: once more. */
  onRetry: () => void;
}
