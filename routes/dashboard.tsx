import { Head } from "fresh/runtime";
import { Dashboard } from "../components/dashboard/Dashboard.tsx";
import { NOWHERE } from "../components/dashboard/GoTo.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import GoToRoom from "../islands/GoToRoom.tsx";
import MyRooms from "../islands/MyRooms.tsx";
import { signedIn, type SignedInCtx } from "../lib/http/guards.ts";
import { type Visit, visitOf } from "../lib/http/visit.ts";
import { listBlocks } from "../lib/profile/blocks.ts";
import type { UserId } from "../lib/protocol/ids.ts";
import type { MyRoom, Viewer } from "../lib/protocol/types.ts";
import { whereTo } from "../lib/protocol/where_to.ts";
import { myRooms } from "../lib/rooms/my_rooms.ts";

interface Data extends Visit {
  viewer: Viewer;
  rooms: MyRoom[];
  blocked: UserId[];
  goTo?: { value: string; error: string };
}

export const handlers = {
  GET: signedIn(async (ctx) => ({ data: await dataFor(ctx) })),

  /** `where`: to a room by its link, token or slug. */
  POST: signedIn(async (ctx) => {
    const { services, fields } = ctx.state;
    const value = String(fields.where ?? "");
    const path = whereTo(value, new URL(services.config.publicUrl).origin) ?? whereTo(value, ctx.url.origin);
    if (path) return ctx.redirect(path, 303);
    return { data: { ...await dataFor(ctx), goTo: { value, error: NOWHERE } }, status: 400 };
  }),
};

async function dataFor(ctx: SignedInCtx): Promise<Data> {
  const { services, session: { viewer } } = ctx.state;
  const [rooms, blocked] = await Promise.all([myRooms(services, viewer), listBlocks(services, viewer.id)]);
  return { ...await visitOf(ctx), viewer, rooms, blocked: blocked.map(({ id }) => id) };
}

export default function DashboardRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, rooms, blocked, goTo } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Your rooms")}</title>
      </Head>
      <Dashboard
        viewer={viewer}
        list={<MyRooms rooms={rooms} viewerId={viewer.id} blocked={blocked} clock={clock} csrf={csrf} />}
        goTo={<GoToRoom csrf={csrf} {...goTo} />}
      />
    </Shell>
  );
}
