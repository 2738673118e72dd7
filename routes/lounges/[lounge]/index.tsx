import { Head } from "fresh/runtime";
import { documentTitle } from "../../../components/layout/DocumentHead.tsx";
import { Shell } from "../../../components/layout/Shell.tsx";
import { LoungePage } from "../../../components/lounges/LoungePage.tsx";
import LiveCounts from "../../../islands/LiveCounts.tsx";
import { anyone } from "../../../lib/http/guards.ts";
import { acceptedLanguages } from "../../../lib/http/languages.ts";
import { type Visit, visitOf } from "../../../lib/http/visit.ts";
import type { LoungeView } from "../../../lib/protocol/types.ts";
import { languagesRead } from "../../../lib/rooms/languages.ts";
import { enterLounge } from "../../../lib/rooms/lounges.ts";

interface Data extends Visit {
  lounge: LoungeView;
  /** The reader's, best first. */
  languages: string[];
}

export const handlers = {
  GET: anyone(async (ctx) => {
    const { services } = ctx.state;
    const visit = await visitOf(ctx);
    const lounge = await enterLounge(services, visit.viewer, ctx.params.lounge!);
    const accepted = acceptedLanguages(ctx.req.headers.get("accept-language"));
    const languages = await languagesRead(services, visit.viewer, accepted);
    return { data: { ...visit, lounge, languages } satisfies Data };
  }),
};

export default function Lounge({ data }: { data: Data }) {
  const { viewer, path, csrf, languages, lounge } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(lounge.name)}</title>
        {lounge.description && <meta name="description" content={lounge.description} />}
      </Head>
      <LoungePage lounge={lounge} languages={languages} />
      <LiveCounts />
    </Shell>
  );
}
