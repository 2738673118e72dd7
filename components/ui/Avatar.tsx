import { cx } from "../cx.ts";

const HUES = 12;

/** FNV-1a over the name's code points: the same name has the same colour on every page and every machine. */
export function hueOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return (hash >>> 0) % HUES;
}

/** The first visible character, capital where the script has capitals. */
export function initialOf(name: string): string {
  return ([...name.trim()][0] ?? "?").toUpperCase();
}

const SIZES = {
  small: cx("size-7 text-xs"),
  medium: cx("size-9 text-sm"),
};

/** Drawn from the name until there is a picture. The name stands beside it, so screen readers pass over it. */
export function Avatar({ name, size = "medium" }: { name: string; size?: keyof typeof SIZES }) {
  return (
    <span
      class={cx(
        "avatar inline-flex shrink-0 items-center justify-center rounded-full font-bold select-none",
        SIZES[size],
        `hue-${hueOf(name)}`,
      )}
      aria-hidden="true"
    >
      {initialOf(name)}
    </span>
  );
}
