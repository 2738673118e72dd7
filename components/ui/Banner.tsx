import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";
import { Icon, type IconName } from "./Icon.tsx";

const TONES = {
  info: cx("bg-info-soft text-info"),
  good: cx("bg-good-soft text-good"),
  warn: cx("bg-warn-soft text-warn"),
  bad: cx("bg-bad-soft text-bad"),
};

export interface BannerProps {
  tone: keyof typeof TONES;
  icon?: IconName;
  children: ComponentChildren;
}

/** A thin line that says how things stand. Never a modal. */
export function Banner({ tone, icon, children }: BannerProps) {
  return (
    <div class={cx("flex items-center justify-center gap-2 px-4 py-1.5 text-sm font-semibold", TONES[tone])}>
      {icon && <Icon name={icon} class="size-4" />}
      {children}
    </div>
  );
}
