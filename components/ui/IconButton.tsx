import { cx } from "../cx.ts";
import { Icon, type IconName } from "./Icon.tsx";

export interface IconButtonProps {
  icon: IconName;
  /** What it does: read out, and shown as a tooltip. */
  label: string;
  onClick?: (event: Event) => void;
  /** Where it leads when there is no `onClick`. */
  href?: string;
  expanded?: boolean;
  /** Keys that do the same, as in `aria-keyshortcuts`: `Control+K`. */
  keys?: string;
  /** Arrows that mean "back" turn round in right-to-left rooms. */
  mirrored?: boolean;
  small?: boolean;
  /** In a toolbar, which is one stop for the Tab key: -1 for all but one. */
  tabIndex?: number;
  class?: string;
}

/** A button with a drawing for a face; a link as long as nothing is bound to it. */
export function IconButton(props: IconButtonProps) {
  const looks = cx(
    "inline-flex items-center justify-center rounded text-soft hover:bg-hover hover:text-ink",
    props.small ? "size-8 no-hover:size-11" : "size-11",
    props.class,
  );
  const face = (
    <Icon
      name={props.icon}
      class={cx(props.small ? "size-4" : "size-5", props.mirrored && "mirrored")}
    />
  );
  const title = props.keys ? `${props.label} (${props.keys.replace("Control", "Ctrl")})` : props.label;
  if (!props.onClick && props.href) {
    return (
      <a
        href={props.href}
        class={looks}
        aria-label={props.label}
        aria-keyshortcuts={props.keys}
        title={title}
      >
        {face}
      </a>
    );
  }
  return (
    <button
      type="button"
      class={looks}
      aria-label={props.label}
      aria-keyshortcuts={props.keys}
      title={title}
      aria-expanded={props.expanded}
      tabIndex={props.tabIndex}
      onClick={props.onClick}
    >
      {face}
    </button>
  );
}
