import type { ComponentChildren } from "preact";
import type { UserId } from "../../lib/protocol/ids.ts";
import { roomTitle } from "../../lib/protocol/room_names.ts";
import { SEARCH_MAX_CHARACTERS } from "../../lib/protocol/search.ts";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { SEARCH_HREF } from "../links.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { hasFilter, type SearchAddress, searchHref, toggled } from "./address.ts";

const FILTERS = [
  { filter: "from:me", label: "From me" },
  { filter: "has:link", label: "With a link" },
  { filter: "has:picture", label: "With a picture" },
  { filter: "has:file", label: "With a file" },
  { filter: "has:mention", label: "Naming somebody" },
];

/** One line to ask in. Who comes to ask begins to type at once. */
export function SearchForm({ q, sort, room }: SearchAddress) {
  return (
    <form method="get" action={SEARCH_HREF} role="search" class="flex gap-2">
      <label for="q" class="sr-only">Search messages</label>
      <div class="frame eased min-w-0 grow rounded border border-strong bg-raised">
        <input
          id="q"
          name="q"
          type="search"
          value={q}
          maxLength={SEARCH_MAX_CHARACTERS}
          autofocus={q === ""}
          placeholder="Words, or from:somebody"
          autocomplete="off"
          enterkeyhint="search"
          class="block w-full min-h-[44px] rounded px-3"
          dir="auto"
        />
      </div>
      {sort !== "new" && <input type="hidden" name="sort" value={sort} />}
      {room && <input type="hidden" name="room" value={room} />}
      <Button type="submit" icon="search" kind="primary">Search</Button>
    </form>
  );
}

interface FilterProps {
  /** With it, or without it where it is on. */
  href: string;
  on: boolean;
  children: ComponentChildren;
}

function Filter({ href, on, children }: FilterProps) {
  return (
    <li class="shrink-0">
      <a
        href={href}
        aria-current={on ? "true" : undefined}
        class={cx(
          "inline-flex min-h-[32px] max-w-xs items-center gap-1 rounded-full border px-3 text-sm font-bold no-hover:min-h-[44px]",
          on
            ? "border-accent bg-accent-soft text-accent-text"
            : "border-line bg-raised text-soft hover:bg-hover",
        )}
      >
        <span class="truncate">{children}</span>
        {on && (
          <>
            <Icon name="close" class="size-4" />
            <span class="sr-only">: take this away</span>
          </>
        )}
      </a>
    </li>
  );
}

export interface QuickFiltersProps extends SearchAddress {
  /** Where it is asked for, if not everywhere. */
  scope?: RoomInfo;
  viewerId: UserId;
}

/**
 * Filters at hand: each is a link that adds it to the query, or takes it away. On a phone they are one line that one
 * moves: what was found should be seen without scrolling.
 */
export function QuickFilters({ q, sort, room, scope, viewerId }: QuickFiltersProps) {
  return (
    <ul
      class="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:flex-wrap md:px-0"
      aria-label="Narrow it down"
    >
      {scope && (
        <Filter on href={searchHref({ q, sort })}>
          In <bdi>{roomTitle(scope, viewerId)}</bdi>
        </Filter>
      )}
      {FILTERS.map(({ filter, label }) => (
        <Filter
          key={filter}
          on={hasFilter(q, filter)}
          href={searchHref({ q: toggled(q, filter), sort, room })}
        >
          {label}
        </Filter>
      ))}
    </ul>
  );
}
