import { Head } from "fresh/runtime";
import { OutboxPage } from "../../components/dev/OutboxPage.tsx";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { type OutboxMessage, readOutbox } from "../../lib/adapters/outbox.ts";
import { inDevelopment } from "../../lib/http/guards.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";

interface Data extends Visit {
  messages: OutboxMessage[];
}

export const handlers = {
  /** A page, or for `Accept: application/json` the bare list `[{channel, to, subject, text, createdAt}]`. Newest first. */
  GET: inDevelopment(async (ctx) => {
    const messages = await readOutbox(ctx.state.services.config.dataDir);
    if (ctx.req.headers.get("accept")?.includes("application/json")) {
      return Response.json(messages, { headers: { "cache-control": "no-store" } });
    }
    const data: Data = { ...await visitOf(ctx), messages };
    return { data };
  }),
};

export default function Outbox({ data }: { data: Data }) {
  return (
    <Shell viewer={data.viewer} path={data.path} signOut={{ action: "/leave", csrf: data.csrf }}>
      <Head>
        <title>{documentTitle("Outbox")}</title>
      </Head>
      <OutboxPage messages={data.messages} clock={data.clock} />
    </Shell>
  );
}
