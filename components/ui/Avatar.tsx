import { smallAvatar } from "../../lib/protocol/avatars.ts";
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
  small: { looks: cx("size-7 text-xs"), pixels: 28 },
  medium: { looks: cx("size-9 text-sm"), pixels: 36 },
  huge: { looks: cx("size-24 text-3xl"), pixels: 96 },
};

export interface AvatarProps {
  name: string;
  /** Address of the picture. */
  src?: string;
  size?: keyof typeof SIZES;
}

/** Drawn from the name until there is a picture. The name stands beside it, so screen readers pass over it. */
export function Avatar({ name, src, size = "medium" }: AvatarProps) {
  const { looks, pixels } = SIZES[size];
  if (src) {
    return (
      <img
        src={size === "huge" ? src : smallAvatar(src)}
        alt=""
        width={pixels}
        height={pixels}
        class={cx("shrink-0 rounded-full object-cover bg-sunken", looks)}
      />
    );
  }
  return (
    <span
      class={cx(
        "avatar inline-flex shrink-0 items-center justify-center rounded-full font-bold select-none",
        looks,
        `hue-${hueOf(name)}`,
      )}
      aria-hidden="true"
    >
      {initialOf(name)}
    </span>
  );
}
