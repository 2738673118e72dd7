import type { LoungeView } from "../../lib/protocol/types.ts";
import { LOUNGES_HREF } from "../links.ts";
import { Icon } from "../ui/Icon.tsx";
import { LoungeCard } from "./LoungeCard.tsx";

export interface LoungePageProps {
  lounge: LoungeView;
  /** The reader's languages, best first: BCP 47 tags. */
  languages: string[];
}

/** `/lounges/:lounge`: one lounge and its rooms. Only for those to whom it is open. */
export function LoungePage({ lounge, languages }: LoungePageProps) {
  return (
    <div class="pt-6" aria-live="off">
      <a
        href={LOUNGES_HREF}
        class="mb-3 inline-flex min-h-[44px] items-center gap-1 rounded pe-2 text-soft hover:text-ink"
      >
        <Icon name="back" class="size-5 mirrored" />
        All lounges
      </a>
      <LoungeCard lounge={lounge} languages={languages} alone />
    </div>
  );
}
