import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Page } from "../../components/layout/Page.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { NeedsScript } from "../../components/ghost/NeedsScript.tsx";
import GhostMaker from "../../islands/GhostMaker.tsx";
import { anyone } from "../../lib/http/guards.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { UNSEEN } from "./(_ghost)/headers.ts";

export const handlers = {
  /** Where ghost rooms are made. */
  GET: anyone(async (ctx) => ({ data: await visitOf(ctx), headers: UNSEEN })),
};

const LEAD =
  "A room for a few people and a short time. Nobody needs an account; whoever has the link can come in. When its time is over, all of it is gone.";

export default function GhostMakerPage({ data }: { data: Visit }) {
  return (
    <div class="dusk bg-paper text-ink">
      <Head>
        <title>{documentTitle("Make a ghost room")}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <Shell viewer={data.viewer} path={data.path}>
        <Page narrow title="Make a ghost room" lead={LEAD}>
          <NeedsScript />
          <GhostMaker />
        </Page>
      </Shell>
    </div>
  );
}
