import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { BlockList } from "../../components/me/BlockList.tsx";
import { MePage } from "../../components/me/MePage.tsx";
import { signedIn } from "../../lib/http/guards.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { listBlocks, unblock } from "../../lib/profile/blocks.ts";
import { type BlockedPerson, blockRequest } from "../../lib/protocol/forms/profile.ts";

interface Data extends Visit {
  people: BlockedPerson[];
  notice?: string;
}

export const handlers = {
  /** Guests block people too, and take the list along into an account. */
  GET: signedIn(async (ctx) => {
    const { services, session: { viewer } } = ctx.state;
    const notice = ctx.url.searchParams.has("done") ? "Unblocked." : undefined;
    return {
      data: { ...await visitOf(ctx), people: await listBlocks(services, viewer.id), notice } satisfies Data,
    };
  }),

  /** `unblock`: whose id. */
  POST: signedIn(async (ctx) => {
    const { services, session, fields } = ctx.state;
    const whom = blockRequest.safeParse({ userId: fields.unblock });
    if (whom.success && "userId" in whom.data) await unblock(services, session.viewer.id, whom.data.userId);
    return ctx.redirect("/me/blocks?done=1", 303);
  }),
};

export default function BlocksRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, people, notice } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Blocked people")}</title>
      </Head>
      <MePage path={path} title="Blocked people" notice={notice}>
        <BlockList people={people} csrf={csrf} />
      </MePage>
    </Shell>
  );
}
