import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { hrefOf } from "../../components/links.ts";
import { RoomDoor } from "../../components/rooms/RoomDoor.tsx";
import { AppError } from "../../lib/errors.ts";
import { anyone, signedIn } from "../../lib/http/guards.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import type { InvitedTo } from "../../lib/protocol/forms/rooms.ts";
import { doorOf } from "../../lib/rooms/door.ts";
import { invitedTo } from "../../lib/rooms/invites.ts";
import { joinSlugRoom } from "../../lib/rooms/slug_rooms.ts";

interface Data extends Visit {
  invited: InvitedTo;
  state: "open" | "banned";
  error?: string;
}

export const handlers = {
  /** What the link leads to, for whoever holds it; who is in already goes there. */
  GET: anyone(async (ctx) => {
    const { services, session } = ctx.state;
    const invited = await invitedTo(services, ctx.params.token!);
    const { state } = await doorOf(services, session?.viewer ?? null, invited.room.slug!);
    if (state === "inside") return ctx.redirect(hrefOf(invited.room), 303);
    const data: Data = { ...await visitOf(ctx), invited, state: state === "banned" ? state : "open" };
    return { data, status: state === "banned" ? 403 : 200 };
  }),

  POST: signedIn(async (ctx) => {
    const { services, session } = ctx.state;
    const token = ctx.params.token!;
    const invited = await invitedTo(services, token);
    try {
      const { room } = await joinSlugRoom(services, session.viewer, invited.room.id, token);
      return ctx.redirect(hrefOf(room), 303);
    } catch (thrown) {
      const { error = new AppError("FORBIDDEN").message, status } = refusalOf(thrown);
      return { data: { ...await visitOf(ctx), invited, state: "open", error } satisfies Data, status };
    }
  }),
};

export default function InviteRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, invited, state, error } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(`Invited to ${invited.room.name}`)}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <RoomDoor
        invited
        state={state}
        viewer={viewer}
        room={invited.room}
        memberCount={invited.memberCount}
        path={path}
        csrf={csrf}
        error={error}
      />
    </Shell>
  );
}
