import { cx } from "../cx.ts";
import type { EmojiChoices } from "./props.ts";

export interface CategoryBarProps {
  groups: readonly EmojiChoices[];
  /** The group that is in view. */
  current: number;
  onGroup: (at: number) => void;
}

/** Emoji that stand for their groups; another group has its own first. */
const FACES: Record<string, string> = {
  "People & body": "👋",
  "Animals & nature": "🐻",
  "Food & drink": "🍎",
  "Travel & places": "✈️",
  Activities: "⚽",
  Objects: "💡",
  Symbols: "❤️",
  Flags: "🏁",
};

function faceOf({ name, recent, emoji }: EmojiChoices): string {
  return recent ? "🕘" : FACES[name] ?? emoji[0]?.emoji ?? "";
}

/** Leads to the groups. One stop for the Tab key, arrow keys between them. */
export function CategoryBar({ groups, current, onGroup }: CategoryBarProps) {
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const buttons = [...event.currentTarget.querySelectorAll("button")];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const to = {
      ArrowLeft: at + (forward === "ArrowLeft" ? 1 : -1),
      ArrowRight: at + (forward === "ArrowRight" ? 1 : -1),
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length)!.focus();
  };
  return (
    <div role="toolbar" aria-label="Groups" class="flex border-b border-line px-2" onKeyDown={onKeyDown}>
      {groups.map((group, at) => (
        <button
          key={group.name}
          type="button"
          class={cx(
            "ring-inside flex h-9 min-w-0 grow basis-0 items-center justify-center border-b-2 text-lg no-hover:h-11",
            at === current ? "border-accent" : "grayscale opacity-70 border-transparent hover:opacity-100",
          )}
          aria-label={group.name}
          title={group.name}
          aria-current={at === current ? "true" : undefined}
          tabIndex={at === current ? 0 : -1}
          onClick={() => onGroup(at)}
        >
          {faceOf(group)}
        </button>
      ))}
    </div>
  );
}
