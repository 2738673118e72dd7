import type { SearchResult } from "../../lib/protocol/forms/search.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { roomNames } from "../../lib/protocol/room_names.ts";
import type { Clock } from "../clock.ts";
import { hrefOf } from "../links.ts";
import { ROOM_ICONS } from "../room/room_icon.ts";
import { Badge } from "../ui/Badge.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name, RoomName } from "../ui/Name.tsx";
import { ResultItem } from "./ResultItem.tsx";

export interface ResultGroupsProps {
  results: SearchResult[];
  clock: Clock;
  viewerId: UserId;
}

/** In the order in which they come; those that follow each other in one room stand together. */
function groupsOf(results: SearchResult[]): SearchResult[][] {
  const groups: SearchResult[][] = [];
  for (const result of results) {
    const last = groups.at(-1);
    if (last && last[0]!.room.id === result.room.id) last.push(result);
    else groups.push([result]);
  }
  return groups;
}

function RoomHeading({ room, viewerId }: { room: SearchResult["room"]; viewerId: UserId }) {
  const { lounge, name } = roomNames(room, viewerId);
  return (
    <h2 class="flex">
      <a
        href={hrefOf(room)}
        class="flex min-h-[32px] min-w-0 items-center gap-2 rounded text-sm font-bold text-soft hover:text-ink no-hover:min-h-[44px]"
      >
        <Icon name={ROOM_ICONS[room.kind]} class="size-4" />
        <Name>
          <RoomName lounge={lounge} name={name} lang={room.language} />
        </Name>
        {room.lounge?.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
      </a>
    </h2>
  );
}

/** What was found, by room. */
export function ResultGroups({ results, clock, viewerId }: ResultGroupsProps) {
  return (
    <div class="flex flex-col gap-4">
      {groupsOf(results).map((group) => (
        <section key={group[0]!.id}>
          <RoomHeading room={group[0]!.room} viewerId={viewerId} />
          <ul class="mt-1 divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
            {group.map((result) => (
              <li key={result.id}>
                <ResultItem result={result} clock={clock} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
