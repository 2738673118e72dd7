import { Head } from "fresh/runtime";
import { Shell } from "../../components/layout/Shell.tsx";
import { LoungeList } from "../../components/lounges/LoungeList.tsx";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import LiveCounts from "../../islands/LiveCounts.tsx";
import { anyone } from "../../lib/http/guards.ts";
import { acceptedLanguages } from "../../lib/http/languages.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import type { LoungeView } from "../../lib/protocol/types.ts";
import { languagesRead } from "../../lib/rooms/languages.ts";
import { loungesWithPeople } from "../../lib/rooms/lounges.ts";

interface Data extends Visit {
  lounges: LoungeView[];
  /** The reader's, best first. */
  languages: string[];
}

export const handlers = {
  GET: anyone(async (ctx) => {
    const { services } = ctx.state;
    const visit = await visitOf(ctx);
    const accepted = acceptedLanguages(ctx.req.headers.get("accept-language"));
    const [lounges, languages] = await Promise.all([
      loungesWithPeople(services),
      languagesRead(services, visit.viewer, accepted),
    ]);
    return { data: { ...visit, lounges, languages } satisfies Data };
  }),
};

export default function LoungesPage({ data }: { data: Data }) {
  const { viewer, path, csrf, lounges, languages } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Lounges")}</title>
      </Head>
      <LoungeList lounges={lounges} viewer={viewer} languages={languages} />
      <LiveCounts />
    </Shell>
  );
}
