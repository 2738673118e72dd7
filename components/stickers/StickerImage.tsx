import { STICKER_PIXELS, type StickerId, stickerOf, stickerPath } from "../../lib/protocol/stickers.ts";
import { cx } from "../cx.ts";

export interface StickerImageProps {
  id: StickerId;
  /** Width and height; as drawn if nothing is said. */
  class?: string;
  /** It stands beside its own name, or in a button that says it. */
  decorative?: boolean;
}

/** A sticker, as large as it is drawn. It keeps its place before it is there. */
export function StickerImage({ id, class: extra, decorative }: StickerImageProps) {
  return (
    <img
      src={stickerPath(id)}
      alt={decorative ? "" : stickerOf(id).alt}
      width={STICKER_PIXELS}
      height={STICKER_PIXELS}
      class={cx("shrink-0 select-none", extra ?? "size-40")}
      loading="lazy"
      decoding="async"
      draggable={false}
    />
  );
}
