import { useMemo } from "preact/hooks";
import { isSticker, type Sticker, type StickerId, STICKERS } from "../../lib/protocol/stickers.ts";
import { ChoiceGrid } from "../emoji/ChoiceGrid.tsx";
import { KEYWORDS } from "./keywords.ts";
import { StickerImage } from "./StickerImage.tsx";

/** Those that have every word of the query, or a word that begins so. */
export function findStickers(query: string): readonly (Sticker & { id: StickerId })[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return STICKERS.filter(({ id, label, alt }) => {
    const own = `${label} ${alt} ${KEYWORDS[id]}`.toLowerCase().split(/[\s,]+/);
    return words.every((word) => own.some((one) => one.startsWith(word)));
  });
}

export interface StickerTabProps {
  query: string;
  onPick: (id: StickerId) => void;
  onLeave: () => void;
}

export function StickerTab({ query, onPick, onLeave }: StickerTabProps) {
  const groups = useMemo(() => {
    const choices = findStickers(query).map(({ id, label }) => ({
      id,
      label,
      face: <StickerImage id={id} class="size-20" decorative />,
    }));
    return choices.length > 0 ? [{ name: "Stickers", choices }] : [];
  }, [query]);
  if (groups.length === 0) return <p class="grow p-6 text-center text-soft">No sticker says that.</p>;
  return (
    <ChoiceGrid
      groups={groups}
      columns={4}
      rowClass="h-[92px]"
      bare
      onPick={({ id }) => isSticker(id) && onPick(id)}
      onLeave={onLeave}
    />
  );
}
