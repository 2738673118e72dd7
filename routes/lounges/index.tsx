import { Head } from "fresh/runtime";
import { Shell } from "../../components/layout/Shell.tsx";
import { LoungeList } from "../../components/lounges/LoungeList.tsx";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { anyone } from "../../lib/http/guards.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import type { LoungeView } from "../../lib/protocol/types.ts";
import { loungesWithPeople } from "../../lib/rooms/lounges.ts";

interface Data extends Visit {
  lounges: LoungeView[];
}

export const handlers = {
  GET: anyone(async (ctx) => {
    const data: Data = { ...await visitOf(ctx), lounges: await loungesWithPeople(ctx.state.services) };
    return { data };
  }),
};

export default function LoungesPage({ data }: { data: Data }) {
  const { viewer, path, csrf, language } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Lounges")}</title>
      </Head>
      <LoungeList lounges={data.lounges} viewer={viewer} language={language} />
    </Shell>
  );
}
