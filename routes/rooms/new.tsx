import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { hrefOf, loginHref, registerHref } from "../../components/links.ts";
import { NewRoomPage, type NewRoomPageProps } from "../../components/rooms/NewRoomPage.tsx";
import { validate } from "../../lib/http/body.ts";
import { anyone, member } from "../../lib/http/guards.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { typed } from "../../lib/http/typed.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { newSlugRoom } from "../../lib/protocol/forms/rooms.ts";
import { createSlugRoom } from "../../lib/rooms/slug_rooms.ts";

interface Data extends Visit {
  form: Omit<NewRoomPageProps, "csrf">;
}

const FIELDS = ["name", "slug", "visibility"];

export const handlers = {
  /** Who has no account yet is shown where one is made, and comes back here. */
  GET: anyone(async (ctx) => {
    const { session } = ctx.state;
    if (!session) return ctx.redirect(loginHref(ctx.url.pathname), 303);
    if (session.viewer.tier !== "member") return ctx.redirect(registerHref(ctx.url.pathname), 303);
    return { data: { ...await visitOf(ctx), form: {} } satisfies Data };
  }),

  POST: member(async (ctx) => {
    const { services, session, fields } = ctx.state;
    const values = typed(fields, FIELDS);
    try {
      return ctx.redirect(
        hrefOf(await createSlugRoom(services, session.viewer, validate(newSlugRoom, values))),
        303,
      );
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      return { data: { ...await visitOf(ctx), form: { values, ...said } } satisfies Data, status, headers };
    }
  }),
};

export default function NewRoom({ data }: { data: Data }) {
  const { viewer, path, csrf, form } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Make a room")}</title>
      </Head>
      <NewRoomPage {...form} csrf={csrf} />
    </Shell>
  );
}
