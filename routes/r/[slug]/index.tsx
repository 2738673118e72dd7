import { Head } from "fresh/runtime";
import { documentTitle } from "../../../components/layout/DocumentHead.tsx";
import { Shell } from "../../../components/layout/Shell.tsx";
import { RoomDoor } from "../../../components/rooms/RoomDoor.tsx";
import { anyone } from "../../../lib/http/guards.ts";
import { AppError } from "../../../lib/errors.ts";
import { refusalOf } from "../../../lib/http/refusal.ts";
import type { Ctx } from "../../../lib/http/state.ts";
import { type Visit, visitOf } from "../../../lib/http/visit.ts";
import { type Door, doorOf } from "../../../lib/rooms/door.ts";
import { joinSlugRoom, roomNamed } from "../../../lib/rooms/slug_rooms.ts";
import { postByForm, type RoomData, roomData, RoomScreen } from "../../(_room)/room_screen.tsx";

interface DoorData extends Visit {
  door: Exclude<Door, { state: "inside" }>;
  error?: string;
}

export const handlers = {
  /** The room for its members; for others its door. */
  GET: anyone(async (ctx) => {
    const slug = ctx.params.slug!;
    const door = await doorOf(ctx.state.services, ctx.state.session?.viewer ?? null, slug);
    if (door.state === "inside") return { data: await roomData(ctx, { slug }) };
    return await atDoor(ctx, door);
  }),

  /** `step` join: comes in. Otherwise the composer's form. */
  POST: anyone(async (ctx) => {
    return ctx.state.fields.step === "join"
      ? await join(ctx)
      : await postByForm(ctx, { slug: ctx.params.slug! });
  }),
};

async function join(ctx: Ctx) {
  const { services, session } = ctx.state;
  if (!session) throw new AppError("UNAUTHENTICATED");
  const slug = ctx.params.slug!;
  try {
    await joinSlugRoom(services, session.viewer, await roomNamed(services, slug));
    return ctx.redirect(ctx.url.pathname, 303);
  } catch (thrown) {
    const { error, status } = refusalOf(thrown);
    const door = await doorOf(services, session.viewer, slug);
    if (door.state === "inside") return ctx.redirect(ctx.url.pathname, 303);
    return await atDoor(ctx, door, { error, status });
  }
}

async function atDoor(ctx: Ctx, door: DoorData["door"], said: { error?: string; status?: number } = {}) {
  const status = said.status ?? ("room" in door ? 200 : 403);
  return { data: { ...await visitOf(ctx), door, error: said.error } satisfies DoorData, status };
}

export default function SlugRoom({ data }: { data: RoomData | DoorData }) {
  if (!("door" in data)) return <RoomScreen data={data} />;
  const { viewer, path, csrf, door, error } = data;
  const shown = "room" in door ? door : undefined;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(shown?.room.name ?? "A room")}</title>
        {shown?.room.topic && <meta name="description" content={shown.room.topic} />}
      </Head>
      <RoomDoor
        state={door.state}
        viewer={viewer}
        room={shown?.room}
        memberCount={shown?.memberCount}
        path={path}
        csrf={csrf}
        error={error}
      />
    </Shell>
  );
}
