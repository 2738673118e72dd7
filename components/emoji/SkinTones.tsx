import { cx } from "../cx.ts";
import type { SkinTone } from "./props.ts";

interface Shade {
  tone: SkinTone;
  hand: string;
  label: string;
}

const SHADES: readonly Shade[] = [
  { tone: 0, hand: "✋", label: "No skin tone" },
  { tone: 1, hand: "✋🏻", label: "Light" },
  { tone: 2, hand: "✋🏼", label: "Medium light" },
  { tone: 3, hand: "✋🏽", label: "Medium" },
  { tone: 4, hand: "✋🏾", label: "Medium dark" },
  { tone: 5, hand: "✋🏿", label: "Dark" },
];

export interface SkinToneButtonProps {
  tone: SkinTone;
  open: boolean;
  onToggle: () => void;
}

/** Shows the chosen tone and opens the choice of it. */
export function SkinToneButton({ tone, open, onToggle }: SkinToneButtonProps) {
  const { hand, label } = SHADES[tone]!;
  return (
    <button
      id="skin-tone"
      type="button"
      class="inline-flex size-11 shrink-0 items-center justify-center rounded text-xl hover:bg-hover"
      aria-label={`Skin tone: ${label.toLowerCase()}`}
      title="Skin tone"
      aria-expanded={open}
      aria-controls={open ? "skin-tones" : undefined}
      onClick={onToggle}
    >
      {hand}
    </button>
  );
}

/** Radio buttons, so that keys and screen readers know what to do with them. */
export function SkinTones({ tone, onTone }: { tone: SkinTone; onTone: (tone: SkinTone) => void }) {
  return (
    <fieldset id="skin-tones" class="flex px-2 pb-1">
      <legend class="sr-only">Skin tone</legend>
      {SHADES.map((shade) => (
        <label
          key={shade.tone}
          class={cx(
            "frame relative flex h-11 grow basis-0 items-center justify-center rounded border text-xl hover:bg-hover",
            shade.tone === tone ? "border-ink bg-hover" : "border-transparent",
          )}
          title={shade.label}
        >
          <input
            type="radio"
            name="skin-tone"
            class="sr-only"
            checked={shade.tone === tone}
            onChange={() => onTone(shade.tone)}
          />
          <span aria-hidden="true">{shade.hand}</span>
          <span class="sr-only">{shade.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
