/** What the pages of all kinds of rooms share: their data, the composer's form, and the screen. */
import { Head } from "fresh/runtime";
import { z } from "zod";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { guestHref } from "../../components/links.ts";
import type { Pane } from "../../components/room/props.ts";
import { StaticRoom } from "../../components/room/StaticRoom.tsx";
import Room from "../../islands/Room.tsx";
import { AppError, isAppError } from "../../lib/errors.ts";
import { validate } from "../../lib/http/body.ts";
import { readPreference } from "../../lib/http/cookies.ts";
import type { Ctx } from "../../lib/http/state.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { preparePosting } from "../../lib/messages/post.ts";
import { postForm } from "../../lib/protocol/forms/messages.ts";
import { roomTitle } from "../../lib/protocol/room_names.ts";
import { type RoomAddress, roomPage, type RoomPageData } from "../../lib/rooms/room_page.ts";

const query = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  pane: z.enum(["rooms", "conversation", "people"]).catch("conversation"),
});

export interface RoomData extends Visit, RoomPageData {
  pane: Pane;
  peopleOpen: boolean;
  /** An older page of the history, for those without JavaScript. */
  older: boolean;
  /** For the form's next message. */
  clientId: string;
  draft?: string;
  notice?: string;
}

/** @throws AppError unless the visitor may read the room */
export async function roomData(ctx: Ctx, address: RoomAddress): Promise<RoomData> {
  const visit = await visitOf(ctx);
  const { before, pane } = query.parse(Object.fromEntries(ctx.url.searchParams));
  const page = await roomPage(ctx.state.services, visit.viewer, address, before);
  const peopleOpen = readPreference(ctx.req, "people") !== "closed";
  return { ...visit, ...page, pane, peopleOpen, older: before !== undefined, clientId: crypto.randomUUID() };
}

/** The composer's form, for those without JavaScript: says it and shows the room again, or says why not. */
export async function postByForm(ctx: Ctx, address: RoomAddress) {
  const { services, session, fields } = ctx.state;
  const data = await roomData(ctx, address);
  if (!session) throw new AppError("UNAUTHENTICATED");
  try {
    const { csrf: _, ...form } = fields;
    const input = { ...validate(postForm, form), roomId: data.snapshot.roomId };
    await services.realtime.post(await preparePosting(services, session.viewer, input));
    return ctx.redirect(`${ctx.url.pathname}#composer`, 303);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const notice = error.fields?.body ?? error.message;
    return { data: { ...data, draft: String(fields.body ?? ""), notice }, status: error.status };
  }
}

export function RoomScreen({ data }: { data: RoomData }) {
  const {
    viewer,
    snapshot,
    lounges,
    rooms,
    blocked,
    path,
    csrf,
    clock,
    pane,
    clientId,
    draft,
    notice,
    older,
  } = data;
  const { settings, readOnly } = data;
  const { room } = snapshot;
  const first = snapshot.messages[0];
  const shared = {
    ...{
      snapshot,
      lounges,
      rooms,
      blocked,
      path,
      clock,
      pane,
      csrf,
      clientId,
      notice,
      replied: data.replied,
    },
    ...{ settings, readOnly },
    action: path,
    guestHref: guestHref(path),
    peopleOpen: data.peopleOpen,
    olderHref: first && `${path}?before=${first.seq}`,
  };
  return (
    <>
      <Head>
        <title>{documentTitle(roomTitle(room, viewer?.id))}</title>
        {room.topic && <meta name="description" content={room.topic} />}
      </Head>
      {viewer && !older && draft === undefined
        ? <Room {...shared} viewer={viewer} />
        : <StaticRoom {...shared} viewer={viewer} draft={draft} newestHref={older ? path : undefined} />}
    </>
  );
}
