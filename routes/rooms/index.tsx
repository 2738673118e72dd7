import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { DirectoryPage } from "../../components/rooms/DirectoryPage.tsx";
import { validate } from "../../lib/http/body.ts";
import { anyone } from "../../lib/http/guards.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { type DirectoryPage as Results, directoryQuery } from "../../lib/protocol/forms/rooms.ts";
import { searchDirectory } from "../../lib/rooms/public_directory.ts";

interface Data extends Visit {
  q: string;
  results: Results;
  later: boolean;
}

export const handlers = {
  /** `q` searches, `cursor` goes on. */
  GET: anyone(async (ctx) => {
    const { searchParams } = ctx.url;
    const q = (searchParams.get("q") ?? "").slice(0, 100);
    const query = validate(directoryQuery, { q, cursor: searchParams.get("cursor") ?? undefined });
    const results = await searchDirectory(ctx.state.services, query);
    return { data: { ...await visitOf(ctx), q: query.q, results, later: !!query.cursor } satisfies Data };
  }),
};

export default function DirectoryRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, q, results, later } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(q ? `${q}, in public rooms` : "Public rooms")}</title>
      </Head>
      <DirectoryPage clock={clock} q={q} results={results} later={later} />
    </Shell>
  );
}
