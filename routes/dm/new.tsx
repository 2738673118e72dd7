import { Head } from "fresh/runtime";
import { NewMessagePage, type NewMessagePageProps } from "../../components/direct/NewMessagePage.tsx";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { hrefOf } from "../../components/links.ts";
import { validate } from "../../lib/http/body.ts";
import { member } from "../../lib/http/guards.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { typed } from "../../lib/http/typed.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { openDirectForm } from "../../lib/protocol/forms/direct_rooms.ts";
import { openDirectRoom } from "../../lib/rooms/direct_rooms.ts";

interface Data extends Visit {
  form: Omit<NewMessagePageProps, "csrf">;
}

export const handlers = {
  GET: member(async (ctx) => {
    const values = { usernames: ctx.url.searchParams.get("to") ?? undefined };
    return { data: { ...await visitOf(ctx), form: { values } } satisfies Data };
  }),

  POST: member(async (ctx) => {
    const { services, session, fields: { csrf: _, ...fields } } = ctx.state;
    try {
      const { usernames } = validate(openDirectForm, fields);
      const { room } = await openDirectRoom(services, session.viewer, { userIds: [], usernames });
      return ctx.redirect(hrefOf(room), 303);
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      const form = { values: typed(fields, ["usernames"]), ...said };
      return { data: { ...await visitOf(ctx), form } satisfies Data, status, headers };
    }
  }),
};

export default function NewMessage({ data }: { data: Data }) {
  const { viewer, path, csrf, form } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("New message")}</title>
      </Head>
      <NewMessagePage {...form} csrf={csrf} />
    </Shell>
  );
}
