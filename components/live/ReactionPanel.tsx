import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { newestDrawn } from "../../lib/client/emoji/drawn.ts";
import { EmojiHabits } from "../../lib/client/emoji/habits.ts";
import { EmojiPicker, loadEmojiData } from "../../lib/client/emoji/picker.ts";
import { browserStore } from "../../lib/client/environment.ts";
import { isTouch } from "../../lib/client/page.ts";
import { EmojiPanel } from "../emoji/EmojiPanel.tsx";
import { useLatest } from "./use_latest.ts";

export interface ReactionPanelProps {
  /** The button that opened it. */
  at: HTMLElement;
  onPick: (emoji: string) => void;
  onClose: () => void;
}

function newPicker(): EmojiPicker {
  return new EmojiPicker({
    habits: new EmojiHabits(browserStore()),
    load: loadEmojiData,
    newest: newestDrawn,
  });
}

/** As high as the panel is where it is a popover, in pixels; it stands above the place that is chosen for it. */
const HEIGHT = 448;
const WIDTH = 384;

/** Where the panel's lower end stands: above its button, but never so high that its top is cut off. */
function place(anchor: HTMLElement, at: HTMLElement): void {
  const { top, right } = at.getBoundingClientRect();
  const height = Math.min(HEIGHT, innerHeight - 160);
  anchor.style.setProperty("top", `${Math.max(top, height + 16)}px`);
  anchor.style.setProperty("left", `${Math.max(right, WIDTH + 24)}px`);
}

/** All emoji, to react with: beside its button, or a sheet at the bottom of a phone's screen. */
export function ReactionPanel({ at, onPick, onClose }: ReactionPanelProps) {
  const anchor = useRef<HTMLDivElement>(null);
  const picker = useMemo(newPicker, []);
  const view = useLatest(picker, (picker) => picker.view, () => picker.view);
  const [touch] = useState(isTouch);
  useEffect(() => void picker.open(), []);
  useLayoutEffect(() => place(anchor.current!, at), [at]);
  return (
    <div ref={anchor} class="sm:fixed sm:z-50" dir="ltr">
      <EmojiPanel
        view={view}
        withoutStickers
        touch={touch}
        opener={() => at}
        onQuery={(query) => picker.search(query)}
        onTone={(tone) => picker.choose(tone)}
        onPick={(picked) => {
          if (!("emoji" in picked)) return;
          picker.used(picked.emoji);
          if (!picked.more) onClose();
          onPick(picked.emoji);
        }}
        onClose={onClose}
        onRetry={() => void picker.open()}
      />
    </div>
  );
}
