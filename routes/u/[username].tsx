import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { profileHref } from "../../components/links.ts";
import { PublicProfile } from "../../components/profile/PublicProfile.tsx";
import { AppError } from "../../lib/errors.ts";
import { anyone, signedIn } from "../../lib/http/guards.ts";
import type { Ctx } from "../../lib/http/state.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { block, unblock } from "../../lib/profile/blocks.ts";
import { findProfile } from "../../lib/profile/profile.ts";
import type { PublicProfile as Person } from "../../lib/protocol/forms/profile.ts";

interface Data extends Visit {
  person: Person;
  notice?: string;
}

const DONE: Record<string, string> = { block: "Blocked.", unblock: "Unblocked." };

export const handlers = {
  GET: anyone(async (ctx) => {
    const person = await personOf(ctx);
    const notice = DONE[ctx.url.searchParams.get("done") ?? ""];
    return { data: { ...await visitOf(ctx), person, notice } satisfies Data };
  }),

  /** `step`: block or unblock. */
  POST: signedIn(async (ctx) => {
    const { services, session, fields: { step } } = ctx.state;
    const person = await personOf(ctx);
    const done = step === "unblock" ? "unblock" : "block";
    if (done === "block") await block(services, session.viewer.id, { userId: person.id });
    else await unblock(services, session.viewer.id, person.id);
    return ctx.redirect(`${profileHref(person.username)}?done=${done}`, 303);
  }),
};

/** @throws AppError NOT_FOUND */
async function personOf({ params, state: { services, session } }: Ctx): Promise<Person> {
  const person = await findProfile(services, params.username!, session?.viewer);
  if (!person) throw new AppError("NOT_FOUND");
  return person;
}

function relationTo({ id, blocked }: Person, viewer: Visit["viewer"]) {
  if (!viewer) return "visitor";
  if (viewer.id === id) return "self";
  return blocked ? "blocked" : "other";
}

export default function ProfileRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, person, notice } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(person.name)}</title>
      </Head>
      <PublicProfile
        person={person}
        clock={clock}
        csrf={csrf}
        relation={relationTo(person, viewer)}
        notice={notice}
      />
    </Shell>
  );
}
