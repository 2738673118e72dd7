import type { Piece } from "../../lib/protocol/forms/search.ts";

/** Text in which what was found is marked. */
export function Pieces({ pieces }: { pieces: Piece[] }) {
  return (
    <>
      {pieces.map(({ text, hit }, place) =>
        hit
          ? <mark key={place} class="rounded-sm bg-accent-soft font-bold text-accent-text">{text}</mark>
          : text
      )}
    </>
  );
}
