import type { ComponentChildren } from "preact";
import { cx } from "../cx.ts";

export interface NameProps {
  children: ComponentChildren;
  /** BCP 47 tag, where the name is a word of a language. */
  lang?: string;
  class?: string;
}

/**
 * A name in its own direction, on one line, at the start of its place: the outer element keeps the page's
 * direction, so that an Arabic name in an English list stands where all the names stand.
 */
export function Name({ children, lang, class: extra }: NameProps) {
  return (
    <span class={cx("block min-w-0 truncate", extra)}>
      <bdi lang={lang}>{children}</bdi>
    </span>
  );
}

/** `General · English`: the lounge, quietly, and its room. */
export function RoomName({ lounge, name, lang }: { lounge?: string; name: string; lang?: string }) {
  return (
    <>
      {lounge && (
        <span class="text-soft">
          <bdi>{lounge}</bdi>
          {" · "}
        </span>
      )}
      <bdi lang={lang}>{name}</bdi>
    </>
  );
}
