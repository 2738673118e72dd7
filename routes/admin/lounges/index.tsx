import { Head } from "fresh/runtime";
import type { Refused } from "../../../components/admin/form.ts";
import { LoungesPage } from "../../../components/admin/LoungesPage.tsx";
import { documentTitle } from "../../../components/layout/DocumentHead.tsx";
import { Shell } from "../../../components/layout/Shell.tsx";
import { ADMIN_LOUNGES_HREF, adminLoungeHref, loungePlace } from "../../../components/links.ts";
import { changeLounge, createLounge, listLounges } from "../../../lib/admin/lounges.ts";
import { validate } from "../../../lib/http/body.ts";
import { admin, type SignedInCtx } from "../../../lib/http/guards.ts";
import { refusalOf } from "../../../lib/http/refusal.ts";
import { typed } from "../../../lib/http/typed.ts";
import { type Visit, visitOf } from "../../../lib/http/visit.ts";
import { type AdminLounge, newLounge } from "../../../lib/protocol/forms/lounges.ts";

interface Data extends Visit {
  lounges: AdminLounge[];
  notice?: string;
  refused?: Refused;
}

const FIELDS = ["slug", "name", "description", "ageRating", "position"];
const DONE: Record<string, string> = {
  archived: "It is put away. Whoever was in it has been shown out.",
  reopened: "It is open again.",
};

export const handlers = {
  GET: admin(async (ctx) => ({
    data: { ...await dataFor(ctx), notice: DONE[ctx.url.searchParams.get("done") ?? ""] } satisfies Data,
  })),

  /** `step`: new, archive or reopen. */
  POST: admin(async (ctx) => {
    const { fields } = ctx.state;
    try {
      return ctx.redirect(await take(ctx), 303);
    } catch (error) {
      if (fields.step !== "new") throw error;
      const { status, headers, ...said } = refusalOf(error);
      const refused: Refused = { form: "new", values: typed(fields, FIELDS), ...said };
      return { data: { ...await dataFor(ctx), refused } satisfies Data, status, headers };
    }
  }),
};

/** Does what the form says. @returns where that leads */
async function take({ state: { services, session, fields } }: SignedInCtx): Promise<string> {
  const { step, lounge } = fields;
  if (step === "archive" || step === "reopen") {
    const archived = step === "archive";
    const { slug } = await changeLounge(services, session.viewer, String(lounge), { archived });
    return `${ADMIN_LOUNGES_HREF}?done=${archived ? "archived" : "reopened"}#${loungePlace(slug)}`;
  }
  const { id } = await createLounge(services, session.viewer, validate(newLounge, typed(fields, FIELDS)));
  return `${adminLoungeHref(id)}?done=new`;
}

async function dataFor(ctx: SignedInCtx): Promise<Data> {
  const { services, session } = ctx.state;
  return { ...await visitOf(ctx), lounges: await listLounges(services, session.viewer) };
}

export default function LoungesRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, lounges, notice, refused } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Lounges of the house")}</title>
      </Head>
      <LoungesPage csrf={csrf} lounges={lounges} notice={notice} refused={refused} />
    </Shell>
  );
}
