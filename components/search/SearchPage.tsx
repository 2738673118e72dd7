import type { SearchNotes, SearchPage as Results, SearchSort } from "../../lib/protocol/forms/search.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { roomTitle } from "../../lib/protocol/room_names.ts";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { type Clock, dayName } from "../clock.ts";
import { Page } from "../layout/Page.tsx";
import { hrefOf } from "../links.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { TabLinks } from "../ui/TabLinks.tsx";
import { searchHref } from "./address.ts";
import { Guide } from "./Guide.tsx";
import { ResultGroups } from "./ResultGroups.tsx";
import { QuickFilters, SearchForm } from "./SearchForm.tsx";

export interface SearchPageProps {
  clock: Clock;
  viewerId: UserId;
  q: string;
  sort: SearchSort;
  /** The room to which it keeps, if not all of them. */
  scope?: RoomInfo;
  results: Results;
  /** It is a later page: there is a way back to the first. */
  later: boolean;
}

/** Names in filters that nobody and nothing bears. */
function Unknown({ unknown }: { unknown: NonNullable<SearchNotes["unknown"]> }) {
  return (
    <div class="rounded-lg bg-warn-soft px-4 py-3 font-semibold text-warn">
      {unknown.map(({ filter, value }) => (
        <p key={`${filter}:${value}`}>
          {filter === "from"
            ? "There is nobody called "
            : "You are in no room, and there is no lounge, called "}
          “<bdi>{value}</bdi>”.
        </p>
      ))}
    </div>
  );
}

/** `200+ messages`; on later pages nobody counts. */
function Count({ count }: Pick<Results, "count">) {
  if (!count) return null;
  const words = count.found === 1 && !count.more ? "message" : "messages";
  return (
    <p role="status" class="tabular-nums text-soft">
      {count.found}
      {count.more && "+"} {words}
    </p>
  );
}

function Sorts({ q, sort, scope }: Pick<SearchPageProps, "q" | "sort" | "scope">) {
  const room = scope?.id;
  return (
    <div class="w-full sm:w-64">
      <TabLinks
        label="Order"
        tabs={[
          { href: searchHref({ q, sort: "new", room }), label: "Newest", current: sort === "new" },
          { href: searchHref({ q, sort: "best", room }), label: "Best", current: sort === "best" },
        ]}
      />
    </div>
  );
}

/** How far back was looked, where that is not to the beginning. */
function LookedBack({ at, clock, sort }: { at: string; clock: Clock; sort: SearchSort }) {
  return (
    <p class="text-soft">
      {sort === "best" ? "These are the best of the newest, back to " : "Looked back so far to "}
      <time dateTime={at}>{dayName(clock, at)}</time>.
    </p>
  );
}

function Found(props: SearchPageProps) {
  const { clock, viewerId, q, sort, scope, results: { results, nextCursor, count, notes }, later } = props;
  const room = scope?.id;
  const back = notes.searchedBackTo;
  return (
    <>
      <div class="flex flex-wrap items-center justify-between gap-3">
        <Count count={count} />
        <Sorts q={q} sort={sort} scope={scope} />
      </div>
      <ResultGroups results={results} clock={clock} viewerId={viewerId} />
      {back && <LookedBack at={back} clock={clock} sort={sort} />}
      {(later || nextCursor) && (
        <p class="flex flex-wrap gap-3">
          {later && <ButtonLink href={searchHref({ q, sort, room })}>From the top</ButtonLink>}
          {nextCursor && (
            <ButtonLink href={searchHref({ q, sort, room, cursor: nextCursor })}>
              {back ? "Look further back" : "More messages"}
            </ButtonLink>
          )}
        </p>
      )}
    </>
  );
}

function Nothing({ q, sort, scope, later }: Pick<SearchPageProps, "q" | "sort" | "scope" | "later">) {
  return later
    ? (
      <EmptyState title="That was all">
        <ButtonLink href={searchHref({ q, sort, room: scope?.id })}>From the top</ButtonLink>
      </EmptyState>
    )
    : (
      <EmptyState
        title="Nothing like that was said"
        text={`At least not ${
          scope ? "here" : "where you may read"
        }. Try fewer words, or the beginning of one.`}
      >
        {scope && <ButtonLink href={searchHref({ q, sort })}>Look in all my rooms</ButtonLink>}
      </EmptyState>
    );
}

function Lead({ scope, viewerId }: Pick<SearchPageProps, "scope" | "viewerId">) {
  if (!scope) return <>What was said in the lounges and in the rooms you are in.</>;
  return (
    <>
      What was said in{" "}
      <a href={hrefOf(scope)} class="font-bold underline">
        <bdi>{roomTitle(scope, viewerId)}</bdi>
      </a>.
    </>
  );
}

/** `/search`: what was said in all rooms that one may read, or in one of them. */
export function SearchPage(props: SearchPageProps) {
  const { q, sort, scope, viewerId, results, later } = props;
  const asked = { q, sort, room: scope?.id };
  const { unknown } = results.notes;
  const nothing = results.results.length === 0 && !results.nextCursor;
  return (
    <Page title="Search" lead={<Lead scope={scope} viewerId={viewerId} />}>
      <div class="flex flex-col gap-5 pb-8">
        <SearchForm {...asked} />
        {(q || scope) && <QuickFilters {...asked} scope={scope} viewerId={viewerId} />}
        {unknown && <Unknown unknown={unknown} />}
        {q && (nothing ? <Nothing {...props} later={later} /> : <Found {...props} />)}
        {(!q || nothing && !later) && (
          <section aria-labelledby="guide" class="flex flex-col gap-3">
            <h2 id="guide" class="text-lg font-extrabold tracking-tight">What you can ask for</h2>
            <Guide room={scope?.id} />
          </section>
        )}
      </div>
    </Page>
  );
}
