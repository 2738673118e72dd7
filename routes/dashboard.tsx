import { Head } from "fresh/runtime";
import { Dashboard } from "../components/dashboard/Dashboard.tsx";
import { documentTitle } from "../components/layout/DocumentHead.tsx";
import { Shell } from "../components/layout/Shell.tsx";
import { signedIn } from "../lib/http/guards.ts";
import { type Visit, visitOf } from "../lib/http/visit.ts";
import type { Viewer } from "../lib/protocol/types.ts";
import { type MyRoom, myRooms } from "../lib/rooms/my_rooms.ts";

interface Data extends Visit {
  viewer: Viewer;
  rooms: MyRoom[];
}

export const handlers = {
  GET: signedIn(async (ctx) => {
    const { services, session: { viewer } } = ctx.state;
    return { data: { ...await visitOf(ctx), viewer, rooms: await myRooms(services, viewer) } satisfies Data };
  }),
};

export default function DashboardRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, rooms } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Your rooms")}</title>
      </Head>
      <Dashboard viewer={viewer} clock={clock} rooms={rooms} />
    </Shell>
  );
}
