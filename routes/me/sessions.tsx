import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { MePage } from "../../components/me/MePage.tsx";
import { SessionList, type SessionView } from "../../components/me/SessionList.tsx";
import { endSessionOf, listSessions } from "../../lib/auth/own_sessions.ts";
import { member } from "../../lib/http/guards.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";

interface Data extends Visit {
  sessions: SessionView[];
  notice?: string;
}

const DONE: Record<string, string> = {
  one: "Signed out there. Its open chats are closed.",
  others: "You are signed in here alone now.",
};

export const handlers = {
  GET: member(async (ctx) => {
    const { services, session } = ctx.state;
    const notice = DONE[ctx.url.searchParams.get("done") ?? ""];
    return {
      data: { ...await visitOf(ctx), sessions: await listSessions(services, session), notice } satisfies Data,
    };
  }),

  /** `end`: a session's id, or `others`. */
  POST: member(async (ctx) => {
    const { services, session, fields: { end } } = ctx.state;
    if (end === "others") {
      const others = (await listSessions(services, session)).filter(({ current }) => !current);
      await Promise.all(others.map(({ id }) => endSessionOf(services, session, id)));
      return ctx.redirect("/me/sessions?done=others", 303);
    }
    await endSessionOf(services, session, String(end));
    return ctx.redirect("/me/sessions?done=one", 303);
  }),
};

export default function SessionsRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, sessions, notice } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Your devices")}</title>
      </Head>
      <MePage
        path={path}
        title="Devices"
        lead="Where you are signed in. Times are UTC."
        notice={notice}
      >
        <SessionList sessions={sessions} clock={clock} csrf={csrf} />
      </MePage>
    </Shell>
  );
}
