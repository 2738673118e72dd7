import type { DirectoryPage as Results, PublicRoom } from "../../lib/protocol/forms/rooms.ts";
import { type Clock, dayName, fullTime, timeOfDay } from "../clock.ts";
import { DIRECTORY_HREF, hrefOf, NEW_ROOM_HREF } from "../links.ts";
import { Page } from "../layout/Page.tsx";
import { OnlineCount } from "../ui/Badge.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Name } from "../ui/Name.tsx";
import { memberWords } from "./counts.ts";

export interface DirectoryPageProps {
  clock: Clock;
  q: string;
  results: Results;
  /** It is a later page: there is a way back to the first. */
  later: boolean;
}

function SearchForm({ q }: { q: string }) {
  return (
    <form method="get" action={DIRECTORY_HREF} role="search" class="flex gap-2">
      <label for="q" class="sr-only">Search rooms by name, topic or address</label>
      <div class="frame eased min-w-0 grow rounded border border-strong bg-raised">
        <input
          id="q"
          name="q"
          type="search"
          value={q}
          maxLength={100}
          placeholder="Name, topic or address"
          class="block w-full min-h-[44px] rounded px-3"
          dir="auto"
        />
      </div>
      <Button type="submit" icon="search">Search</Button>
    </form>
  );
}

function RoomLine({ room, clock }: { room: PublicRoom; clock: Clock }) {
  const { activeAt } = room;
  const day = dayName(clock, activeAt);
  return (
    <a
      href={hrefOf({ kind: "slug", ...room })}
      class="ring-inside flex min-h-[64px] items-center gap-4 px-4 py-3 hover:bg-hover"
    >
      <span class="min-w-0 grow">
        <span class="flex items-center gap-2">
          <Name class="font-bold">{room.name}</Name>
          {room.online > 0 && <OnlineCount count={room.online} />}
        </span>
        {room.topic && <Name class="text-sm text-soft">{room.topic}</Name>}
        <span class="block truncate text-sm text-soft" dir="ltr">/r/{room.slug}</span>
      </span>
      <span class="flex shrink-0 flex-col items-end gap-1 text-sm tabular-nums text-soft">
        <time class="text-xs" dateTime={activeAt} title={fullTime(clock, activeAt)}>
          {day === "Today" ? timeOfDay(clock, activeAt) : day}
        </time>
        <span>{memberWords(room.memberCount)}</span>
      </span>
    </a>
  );
}

function Nothing({ q }: { q: string }) {
  return q
    ? (
      <EmptyState
        title="No public room is called that"
        text="Try the beginning of a word, or make the room yourself."
      >
        <ButtonLink kind="primary" icon="plus" href={NEW_ROOM_HREF}>Make a room</ButtonLink>
      </EmptyState>
    )
    : (
      <EmptyState title="There are no public rooms yet" text="Make the first one: people find it here.">
        <ButtonLink kind="primary" icon="plus" href={NEW_ROOM_HREF}>Make a room</ButtonLink>
      </EmptyState>
    );
}

/** `/rooms`: public rooms, the liveliest first, to be searched. */
export function DirectoryPage({ clock, q, results, later }: DirectoryPageProps) {
  const { rooms, nextCursor } = results;
  const pageHref = (cursor?: string) => {
    const query = new URLSearchParams({ ...(q && { q }), ...(cursor && { cursor }) }).toString();
    return query ? `${DIRECTORY_HREF}?${query}` : DIRECTORY_HREF;
  };
  return (
    <Page title="Public rooms" lead="Rooms that anybody with an account may join, the liveliest first.">
      <div class="flex flex-col gap-5">
        <SearchForm q={q} />
        {rooms.length === 0 ? <Nothing q={q} /> : (
          <>
            <ul class="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
              {rooms.map((room) => (
                <li key={room.id}>
                  <RoomLine room={room} clock={clock} />
                </li>
              ))}
            </ul>
            <p class="flex flex-wrap gap-3">
              {later && <ButtonLink href={pageHref()}>From the top</ButtonLink>}
              {nextCursor && <ButtonLink href={pageHref(nextCursor)}>More rooms</ButtonLink>}
              <ButtonLink icon="plus" href={NEW_ROOM_HREF}>Make a room</ButtonLink>
            </p>
          </>
        )}
      </div>
    </Page>
  );
}
