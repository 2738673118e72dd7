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
  /** Arrows that mean "back" turn round in right-to-left rooms. */
  mirrored?: boolean;
  small?: boolean;
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
  if (!props.onClick && props.href) {
    return <a href={props.href} class={looks} aria-label={props.label} title={props.label}>{face}</a>;
  }
  return (
    <button
      type="button"
      class={looks}
      aria-label={props.label}
      title={props.label}
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      {face}
    </button>
  );
}
