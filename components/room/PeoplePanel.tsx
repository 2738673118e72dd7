import type { Person } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { OnlineCount } from "../ui/Badge.tsx";
import { Name } from "../ui/Name.tsx";
import type { PeoplePanelProps } from "./props.ts";
import { SideHead } from "./SideHead.tsx";

const RANK = { online: 0, away: 1, offline: 2 };

/** Who is awake first, then by name. The order does not depend on the machine's language. */
function inOrder(people: Person[]): Person[] {
  return [...people].sort((a, b) =>
    RANK[a.state] - RANK[b.state] || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)
  );
}

function PersonRow({ person, you }: { person: Person; you: boolean }) {
  const away = person.state !== "online";
  return (
    <li class="flex items-center gap-2.5 rounded px-2 py-1.5">
      <Avatar name={person.name} size="small" />
      <Name class={cx("font-semibold", away && "text-soft")}>{person.name}</Name>
      {you && <span class="shrink-0 text-sm text-soft">you</span>}
      {away && <span class="ms-auto shrink-0 text-xs text-soft">{person.state}</span>}
    </li>
  );
}

/** Who is in the room now. */
export function PeoplePanel(
  { people, online, viewerId, closeHref, notify, onPins, onClose }: PeoplePanelProps,
) {
  const unnamed = online - people.length;
  return (
    <>
      <SideHead
        title="People"
        other={onPins && { label: "Pinned", onClick: onPins }}
        closeLabel="Close people"
        closeHref={closeHref}
        onClose={onClose}
      >
        <OnlineCount count={online} />
      </SideHead>
      <div
        class="ring-inside min-h-0 grow overflow-y-auto p-2"
        tabIndex={0}
        role="region"
        aria-label="People here"
      >
        {people.length === 0 && (
          <p class="p-2 text-soft">Nobody is here just now. Your words will wait for them.</p>
        )}
        <ul>
          {inOrder(people).map((person) => (
            <PersonRow key={person.id} person={person} you={person.id === viewerId} />
          ))}
        </ul>
        {people.length > 0 && unnamed > 0 && <p class="p-2 text-sm text-soft">and {unnamed} more</p>}
      </div>
      {notify && (
        <div class="safe-bottom shrink-0 border-t border-line">
          <div class="p-3">{notify}</div>
        </div>
      )}
    </>
  );
}
