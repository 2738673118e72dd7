import { Head } from "fresh/runtime";
import { documentTitle } from "../../../components/layout/DocumentHead.tsx";
import { Shell } from "../../../components/layout/Shell.tsx";
import { LoungePage } from "../../../components/lounges/LoungePage.tsx";
import { AppError } from "../../../lib/errors.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { type Visit, visitOf } from "../../../lib/http/visit.ts";
import { mayEnterLounge } from "../../../lib/protocol/permissions.ts";
import type { LoungeView } from "../../../lib/protocol/types.ts";
import { loungesWithPeople } from "../../../lib/rooms/lounges.ts";

interface Data extends Visit {
  lounge: LoungeView;
}

export const handlers = {
  GET: anyone(async (ctx) => {
    const visit = await visitOf(ctx);
    const lounge = (await loungesWithPeople(ctx.state.services)).find(({ slug }) =>
      slug === ctx.params.lounge
    );
    if (!lounge) throw new AppError("NOT_FOUND");
    if (!mayEnterLounge(visit.viewer, lounge.ageRating)) {
      throw new AppError(visit.viewer ? "FORBIDDEN" : "UNAUTHENTICATED");
    }
    const data: Data = { ...visit, lounge };
    return { data };
  }),
};

export default function Lounge({ data }: { data: Data }) {
  const { viewer, path, csrf, language, lounge } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(lounge.name)}</title>
      </Head>
      <LoungePage lounge={lounge} language={language} />
    </Shell>
  );
}
