import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { hrefOf, profileHref } from "../../components/links.ts";
import { PublicProfile } from "../../components/profile/PublicProfile.tsx";
import { AppError } from "../../lib/errors.ts";
import { anyone, signedIn, type SignedInCtx } from "../../lib/http/guards.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import type { Ctx } from "../../lib/http/state.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { block, unblock } from "../../lib/profile/blocks.ts";
import { findProfile } from "../../lib/profile/profile.ts";
import { openDirectRoom } from "../../lib/rooms/direct_rooms.ts";
import type { PublicProfile as Person } from "../../lib/protocol/forms/profile.ts";

interface Data extends Visit {
  person: Person;
  notice?: string;
  error?: string;
}

const DONE: Record<string, string> = { block: "Blocked.", unblock: "Unblocked." };

export const handlers = {
  GET: anyone(async (ctx) => {
    const person = await personOf(ctx);
    const notice = DONE[ctx.url.searchParams.get("done") ?? ""];
    return { data: { ...await visitOf(ctx), person, notice } satisfies Data };
  }),

  /** `step`: message, block or unblock. */
  POST: signedIn(async (ctx) => {
    const { services, session, fields: { step } } = ctx.state;
    const person = await personOf(ctx);
    if (step === "message") return await message(ctx, person);
    const done = step === "unblock" ? "unblock" : "block";
    if (done === "block") await block(services, session.viewer.id, { userId: person.id });
    else await unblock(services, session.viewer.id, person.id);
    return ctx.redirect(`${profileHref(person.username)}?done=${done}`, 303);
  }),
};

/** To the room of the two, or back to the page with the reason why not. */
async function message(ctx: SignedInCtx, person: Person) {
  const { services, session } = ctx.state;
  try {
    const { room } = await openDirectRoom(services, session.viewer, { userIds: [person.id], usernames: [] });
    return ctx.redirect(hrefOf(room), 303);
  } catch (thrown) {
    const { status, headers, error } = refusalOf(thrown);
    return { data: { ...await visitOf(ctx), person, error } satisfies Data, status, headers };
  }
}

/** @throws AppError NOT_FOUND */
async function personOf({ params, state: { services, session } }: Ctx): Promise<Person> {
  const person = await findProfile(services, params.username!, session?.viewer);
  if (!person) throw new AppError("NOT_FOUND");
  return person;
}

function relationTo({ id, blocked }: Person, viewer: Visit["viewer"]) {
  if (!viewer) return "visitor";
  if (viewer.id === id) return "self";
  if (blocked) return "blocked";
  return viewer.tier === "member" ? "member" : "guest";
}

export default function ProfileRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, person, notice, error } = data;
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
        error={error}
      />
    </Shell>
  );
}
