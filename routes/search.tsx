import { Head } from "fresh/runtime";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { SearchPage } from "../components/search/SearchPage.tsx";
import { validate } from "../lib/http/body.ts";
import { signedIn } from "../lib/http/guards.ts";
import { roomId } from "../lib/protocol/id_schemas.ts";
import { accessRoom } from "../lib/rooms/access.ts";
import { type Visit, visitOf } from "../lib/http/visit.ts";
import { type SearchPage as Results, searchRequest, type SearchSort } from "../lib/protocol/forms/search.ts";
import { SEARCH_MAX_CHARACTERS } from "../lib/protocol/search.ts";
import type { RoomInfo, Viewer } from "../lib/protocol/types.ts";
import { searchMessages } from "../lib/search/search.ts";

interface Data extends Visit {
  viewer: Viewer;
  q: string;
  sort: SearchSort;
  scope?: RoomInfo;
  results: Results;
  later: boolean;
}

export const handlers = {
  /** `q` asks, `room` says where if not everywhere, `sort` in which order, `cursor` goes on. */
  GET: signedIn(async (ctx) => {
    const { searchParams } = ctx.url;
    const { services, session: { viewer } } = ctx.state;
    const request = validate(searchRequest, {
      q: (searchParams.get("q") ?? "").slice(0, SEARCH_MAX_CHARACTERS).trim(),
      sort: searchParams.get("sort") === "best" ? "best" : "new",
      room: roomId.safeParse(searchParams.get("room")).data,
      cursor: searchParams.get("cursor") ?? undefined,
    });
    const { q, sort, room, cursor } = request;
    const scope = room && await accessRoom(services.rooms, viewer, "read", room);
    const results = await searchMessages(services, viewer, request);
    const data: Data = { ...await visitOf(ctx), viewer, q, sort, scope, results, later: !!cursor };
    return { data };
  }),
};

export default function SearchRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, q } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(q ? `${q.slice(0, 80)}, in messages` : "Search")}</title>
      </Head>
      <SearchPage {...data} viewerId={viewer.id} />
    </Shell>
  );
}
