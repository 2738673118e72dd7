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
 * direction, so that an Arabic name in an English list stands where all the names stand. The inner one is no wider
 * than its text, so that a name which is too long loses its end, whichever side that is on.
 */
export function Name({ children, lang, class: extra }: NameProps) {
  return (
    <span class={cx("block min-w-0", extra)}>
      <bdi lang={lang} class="block w-fit max-w-full truncate">{children}</bdi>
    </span>
  );
}

/** `General · English`: the lounge, quietly, and its room. A name that stands alone gives its {@link Name} the direction. */
export function RoomName({ lounge, name, lang }: { lounge?: string; name: string; lang?: string }) {
  if (!lounge) return <span lang={lang}>{name}</span>;
  return (
    <>
      <span class="text-soft">
        <bdi>{lounge}</bdi>
        {" · "}
      </span>
      <bdi lang={lang}>{name}</bdi>
    </>
  );
}
