import { Head } from "fresh/runtime";
import { z } from "zod";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { ErasePanel, ExportPanel, type ExportView } from "../../components/me/DataPanels.tsx";
import { MePage } from "../../components/me/MePage.tsx";
import { validate } from "../../lib/http/body.ts";
import { member, type SignedInCtx } from "../../lib/http/guards.ts";
import { takeCookies } from "../../lib/http/identify.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { listExports, requestErasure, requestExport } from "../../lib/profile/data_requests.ts";
import { accountErasure } from "../../lib/protocol/forms/data.ts";

/** The second asking is the page's own: a program says what it means by calling. */
const confirmed = z.object({ sure: z.literal("on", "Say that you mean it.") });

interface Data extends Visit {
  latest?: ExportView;
  /** The erasure waits for a yes. */
  asking: boolean;
  errors?: Record<string, string>;
  error?: string;
}

export const handlers = {
  GET: member(async (ctx) => ({ data: await dataFor(ctx, ctx.url.searchParams.get("erase") === "ask") })),

  /** `step`: export, or erase with the password and a yes. */
  POST: member(async (ctx) => {
    const { services, session, fields: { step } } = ctx.state;
    if (step !== "erase") {
      await requestExport(services, session.viewer.id);
      return ctx.redirect("/me/data", 303);
    }
    try {
      await erase(ctx);
      return ctx.redirect("/login?done=erased", 303);
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      return { data: { ...await dataFor(ctx, true), ...said } satisfies Data, status, headers };
    }
  }),
};

async function erase({ state: { exchange, services, session, fields } }: SignedInCtx): Promise<void> {
  validate(confirmed, fields);
  const { password } = validate(accountErasure, { password: fields.password });
  await requestErasure(services, session.viewer.id, password);
  takeCookies(exchange);
}

async function dataFor(ctx: SignedInCtx, asking: boolean): Promise<Data> {
  const { services, session } = ctx.state;
  const [job] = await listExports(services, session.viewer.id);
  const latest = job && { ...job, href: `/api/me/export/${job.id}` };
  return { ...await visitOf(ctx), latest, asking };
}

export default function DataRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, latest, asking, errors, error } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("My data")}</title>
        <script src="/live.js" type="module"></script>
      </Head>
      <MePage path={path} title="My data" lead="What we keep about you is yours. Times are UTC.">
        <ExportPanel csrf={csrf} clock={clock} latest={latest} />
        <ErasePanel csrf={csrf} asking={asking} errors={errors} error={error} />
      </MePage>
    </Shell>
  );
}
