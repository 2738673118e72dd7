import { Head } from "fresh/runtime";
import { JoinPage, type JoinPageProps } from "../components/join/JoinPage.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { hrefOf } from "../components/links.ts";
import { validate } from "../lib/http/body.ts";
import { ok } from "../lib/http/envelope.ts";
import { signedIn, type SignedInCtx } from "../lib/http/guards.ts";
import { refusalOf } from "../lib/http/refusal.ts";
import { typed } from "../lib/http/typed.ts";
import { type Visit, visitOf } from "../lib/http/visit.ts";
import { joinPasswordRoom } from "../lib/protocol/forms/password_rooms.ts";
import { enterPasswordRoom } from "../lib/rooms/password_rooms.ts";

interface Data extends Visit {
  form: Omit<JoinPageProps, "csrf">;
}

export const handlers = {
  GET: signedIn(async (ctx) => {
    const values = { roomName: ctx.url.searchParams.get("room") ?? undefined };
    return { data: { ...await visitOf(ctx), form: { values } } satisfies Data };
  }),

  /** A program's `{roomName, password}` → `{room, created}`; or the page's form. */
  POST: signedIn((ctx) =>
    ctx.req.headers.get("content-type")?.startsWith("application/json") ? byJson(ctx) : byForm(ctx)
  ),
};

async function byJson(ctx: SignedInCtx): Promise<Response> {
  const entered = await enter(ctx);
  return ok(entered, { status: entered.created ? 201 : 200 });
}

async function byForm(ctx: SignedInCtx) {
  try {
    const { room } = await enter(ctx);
    return ctx.redirect(hrefOf(room), 303);
  } catch (error) {
    const { status, headers, ...said } = refusalOf(error);
    const form = { values: typed(ctx.state.fields, ["roomName"]), ...said };
    return { data: { ...await visitOf(ctx), form } satisfies Data, status, headers };
  }
}

function enter({ state: { exchange, services, session, fields: { csrf: _, ...fields } } }: SignedInCtx) {
  return enterPasswordRoom(services, session.viewer, validate(joinPasswordRoom, fields), exchange.address);
}

export default function Join({ data }: { data: Data }) {
  const { viewer, path, csrf, form } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Join with a password")}</title>
      </Head>
      <JoinPage {...form} csrf={csrf} />
    </Shell>
  );
}
