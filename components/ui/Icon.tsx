import { cx } from "../cx.ts";
import { ICON_PATHS, type IconName } from "./icon_paths.ts";

export type { IconName };

export interface IconProps {
  name: IconName;
  /** Width and height; 20 px if nothing is said. */
  class?: string;
}

/** Always beside a text or in a labelled button, so screen readers pass over it. */
export function Icon({ name, class: extra }: IconProps) {
  return (
    <svg
      class={cx("shrink-0", extra ?? "size-5")}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  );
}
