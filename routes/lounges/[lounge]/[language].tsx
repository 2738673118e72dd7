import { Head } from "fresh/runtime";
import { z } from "zod";
import { documentTitle } from "../../../components/layout/DocumentHead.tsx";
import { guestHref } from "../../../components/links.ts";
import type { Pane } from "../../../components/room/props.ts";
import Room from "../../../islands/Room.tsx";
import { StaticRoom } from "../../../components/room/StaticRoom.tsx";
import { AppError, isAppError } from "../../../lib/errors.ts";
import { validate } from "../../../lib/http/body.ts";
import { readPreference } from "../../../lib/http/cookies.ts";
import { anyone } from "../../../lib/http/guards.ts";
import type { Ctx } from "../../../lib/http/state.ts";
import { type Visit, visitOf } from "../../../lib/http/visit.ts";
import { preparePosting } from "../../../lib/messages/post.ts";
import { postForm } from "../../../lib/protocol/forms/messages.ts";
import { languageRoomPage, type RoomPageData } from "../../../lib/rooms/room_page.ts";

const query = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  pane: z.enum(["rooms", "conversation", "people"]).catch("conversation"),
});

interface Data extends Visit, RoomPageData {
  pane: Pane;
  peopleOpen: boolean;
  /** An older page of the history, for those without JavaScript. */
  older: boolean;
  /** For the form's next message. */
  clientId: string;
  draft?: string;
  notice?: string;
}

export const handlers = {
  GET: anyone(async (ctx) => ({ data: await dataFor(ctx) })),

  /** The composer's form, for those without JavaScript. */
  POST: anyone(async (ctx) => {
    const { services, session, fields } = ctx.state;
    const data = await dataFor(ctx);
    if (!session) throw new AppError("UNAUTHENTICATED");
    try {
      const { csrf: _, ...form } = fields;
      const input = validate(postForm, form);
      const posting = await preparePosting(services, session.viewer, {
        ...input,
        roomId: data.snapshot.roomId,
      });
      await services.realtime.post(posting);
      return ctx.redirect(`${ctx.url.pathname}#composer`, 303);
    } catch (error) {
      if (!isAppError(error)) throw error;
      const notice = error.fields?.body ?? error.message;
      return { data: { ...data, draft: String(fields.body ?? ""), notice }, status: error.status };
    }
  }),
};

async function dataFor(ctx: Ctx): Promise<Data> {
  const visit = await visitOf(ctx);
  const { before, pane } = query.parse(Object.fromEntries(ctx.url.searchParams));
  const { lounge, language } = ctx.params as { lounge: string; language: string };
  const page = await languageRoomPage(ctx.state.services, visit.viewer, { lounge, language, before });
  const peopleOpen = readPreference(ctx.req, "people") !== "closed";
  return { ...visit, ...page, pane, peopleOpen, older: before !== undefined, clientId: crypto.randomUUID() };
}

export default function RoomPage({ data }: { data: Data }) {
  const { viewer, snapshot, lounges, blocked, path, csrf, clock, pane, clientId, draft, notice, older } =
    data;
  const { room } = snapshot;
  const title = documentTitle(room.lounge ? `${room.lounge.name} · ${room.name}` : room.name);
  const first = snapshot.messages[0];
  const shared = {
    ...{ snapshot, lounges, blocked, path, clock, pane, csrf, clientId, notice, replied: data.replied },
    action: path,
    guestHref: guestHref(path),
    peopleOpen: data.peopleOpen,
    olderHref: first && `${path}?before=${first.seq}`,
  };
  return (
    <>
      <Head>
        <title>{title}</title>
        {room.topic && <meta name="description" content={room.topic} />}
      </Head>
      {viewer && !older && draft === undefined
        ? <Room {...shared} viewer={viewer} />
        : <StaticRoom {...shared} viewer={viewer} draft={draft} newestHref={older ? path : undefined} />}
    </>
  );
}
