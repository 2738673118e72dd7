import { useEffect, useState } from "preact/hooks";
import { asRefusal } from "../../../lib/client/refusal.ts";
import { fetchRevisions, type Revision } from "../../../lib/client/side_messages.ts";
import { fullTime } from "../../clock.ts";
import { Markdown } from "../../markdown/Markdown.tsx";
import { SideMessage } from "./SideMessage.tsx";
import type { PartProps } from "./SidePanel.tsx";
import { SideState } from "./SideState.tsx";

type Found = { phase: "loading" } | { phase: "ready"; revisions: Revision[] } | {
  phase: "failed";
  reason: string;
};

/** What a message said before it was edited, the last wording first, under what it says now. */
export function RevisionsView(props: PartProps) {
  const { id, list } = props;
  const [found, setFound] = useState<Found>({ phase: "loading" });
  const message = list.messages.find((one) => one.id === id);
  const load = () => {
    setFound({ phase: "loading" });
    fetchRevisions(id).then(
      (revisions) => setFound({ phase: "ready", revisions }),
      (error) => setFound({ phase: "failed", reason: asRefusal(error).message }),
    );
  };
  // Edited once more while it is looked at.
  useEffect(load, [id, message?.editedAt]);
  return (
    <div
      class="ring-inside min-h-0 grow overflow-y-auto pb-3"
      tabIndex={0}
      role="region"
      aria-label="Former wordings"
    >
      {message && <SideMessage {...props} message={message} withoutReply />}
      {found.phase !== "ready"
        ? <SideState view={found} onAgain={load} />
        : (
          <ol class="flex flex-col gap-3 p-4">
            {found.revisions.toReversed().map(({ body, replacedAt }) => (
              <li key={replacedAt} class="rounded border border-line bg-sunken p-3">
                <p class="pb-1 text-xs text-soft">
                  until <time dateTime={replacedAt}>{fullTime(list.clock, replacedAt)}</time>
                </p>
                <Markdown text={body} known={list.known} />
              </li>
            ))}
          </ol>
        )}
    </div>
  );
}
