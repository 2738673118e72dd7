import { mayEnterLounge } from "../../lib/protocol/permissions.ts";
import type { LoungeView, Viewer } from "../../lib/protocol/types.ts";
import { Page } from "../layout/Page.tsx";
import { guestHref, LOUNGES_HREF } from "../links.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { LoungeCard } from "./LoungeCard.tsx";
import { RedNote } from "./RedNote.tsx";

export interface LoungeListProps {
  lounges: LoungeView[];
  viewer: Viewer | null;
  /** The reader's languages, best first: BCP 47 tags. */
  languages: string[];
  /** There are RED lounges, whether or not they are in `lounges`. */
  hasRed?: boolean;
}

/** `/lounges`: every lounge with its language rooms, the reader's language first. */
export function LoungeList({ lounges, viewer, languages, hasRed }: LoungeListProps) {
  const open = lounges.filter((lounge) => mayEnterLounge(viewer, lounge.ageRating));
  const red = viewer?.ageCategory !== "_18PLUS_RED" && (hasRed ?? open.length < lounges.length);
  return (
    <Page
      title="Lounges"
      lead="Each lounge has a room for every language. Walk in and read; to talk, pick a name."
    >
      <div class="flex flex-col gap-4" aria-live="off">
        {open.length === 0 && (
          <EmptyState
            title="No lounge is open yet"
            text="Come back in a little while: somebody is lighting the lamps."
          />
        )}
        {open.map((lounge) => <LoungeCard key={lounge.id} lounge={lounge} languages={languages} />)}
        {red && <RedNote href={guestHref(LOUNGES_HREF)} guest={viewer !== null} />}
      </div>
    </Page>
  );
}
