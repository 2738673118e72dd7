import type { ComponentChildren, JSX } from "preact";
import { cx } from "../cx.ts";
import { Icon, type IconName } from "./Icon.tsx";

export type ButtonKind = "primary" | "secondary" | "quiet" | "danger";

const BASE = cx(
  "inline-flex items-center justify-center gap-2 rounded font-bold text-center no-underline",
  "disabled:opacity-50 aria-disabled:opacity-50",
);
const KINDS: Record<ButtonKind, string> = {
  primary: cx("bg-accent text-accent-ink hover:bg-accent-hover"),
  secondary: cx("border border-strong bg-raised text-ink hover:bg-hover"),
  quiet: cx("text-ink hover:bg-hover"),
  danger: cx("border border-bad bg-raised text-bad hover:bg-bad-soft"),
};
const SIZES = {
  small: cx("min-h-[32px] px-3 py-1 text-sm no-hover:min-h-[44px]"),
  medium: cx("min-h-[44px] px-4 py-2"),
  large: cx("min-h-[52px] px-6 py-3 text-lg"),
};

/** The looks of a button, for what is a link by nature. */
export function buttonClass(kind: ButtonKind = "secondary", size: keyof typeof SIZES = "medium"): string {
  return cx(BASE, KINDS[kind], SIZES[size]);
}

export interface ButtonProps extends Omit<JSX.IntrinsicElements["button"], "size" | "class" | "icon"> {
  kind?: ButtonKind;
  size?: keyof typeof SIZES;
  icon?: IconName;
  children: ComponentChildren;
}

/** A button does something here and now. Type `button` unless it is said to submit. */
export function Button({ kind, size, icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} class={buttonClass(kind, size)}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

export interface ButtonLinkProps {
  href: string;
  kind?: ButtonKind;
  size?: keyof typeof SIZES;
  icon?: IconName;
  children: ComponentChildren;
}

/** A link that looks like a button: it leads somewhere. */
export function ButtonLink({ href, kind, size, icon, children }: ButtonLinkProps) {
  return (
    <a href={href} class={buttonClass(kind, size)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}
