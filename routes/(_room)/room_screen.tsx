/** What the pages of all kinds of rooms share: their data, the composer's form, and the screen. */
import { Head } from "fresh/runtime";
import { z } from "zod";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { guestHref } from "../../components/links.ts";
import type { Pane } from "../../components/room/props.ts";
import { StaticRoom } from "../../components/room/StaticRoom.tsx";
import Room from "../../islands/Room.tsx";
import { AppError, isAppError } from "../../lib/errors.ts";
import { type Fields, validate } from "../../lib/http/body.ts";
import { readPreference } from "../../lib/http/cookies.ts";
import type { Ctx } from "../../lib/http/state.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { preparePosting } from "../../lib/messages/post.ts";
import { levelIn } from "../../lib/notifications/settings.ts";
import { postForm } from "../../lib/protocol/forms/messages.ts";
import type { NotifyLevel } from "../../lib/protocol/forms/notifications.ts";
import { messageId } from "../../lib/protocol/id_schemas.ts";
import { roomTitle } from "../../lib/protocol/room_names.ts";
import { addFiles } from "../../lib/uploads/add.ts";
import { type RoomAddress, roomPage, type RoomPageData } from "../../lib/rooms/room_page.ts";

const query = z.object({
  before: z.coerce.number().int().positive().optional().catch(undefined),
  /** A message of the room, to open the page at. */
  m: messageId.optional().catch(undefined),
  pane: z.enum(["rooms", "conversation", "people"]).catch("conversation"),
});

export interface RoomData extends Visit, RoomPageData {
  pane: Pane;
  peopleOpen: boolean;
  level?: NotifyLevel | null;
  /** For the form's next message. */
  clientId: string;
  draft?: string;
  notice?: string;
  /** Bytes that one file may have. */
  fileMaxBytes: number;
}

/** @throws AppError unless the visitor may read the room */
export async function roomData(ctx: Ctx, address: RoomAddress): Promise<RoomData> {
  const visit = await visitOf(ctx);
  const { before, m: message, pane } = query.parse(Object.fromEntries(ctx.url.searchParams));
  const page = await roomPage(ctx.state.services, visit.viewer, address, { before, message });
  const peopleOpen = readPreference(ctx.req, "people") !== "closed";
  const { services } = ctx.state;
  const level = visit.viewer?.tier === "member"
    ? await levelIn(services, visit.viewer, page.snapshot.roomId)
    : undefined;
  const fileMaxBytes = services.config.uploads.maxFileBytes;
  return { ...visit, ...page, level, pane, peopleOpen, fileMaxBytes, clientId: crypto.randomUUID() };
}

/** The composer's form, for those without JavaScript: says it and shows the room again, or says why not. */
export async function postByForm(ctx: Ctx, address: RoomAddress) {
  const { services, session } = ctx.state;
  const data = await roomData(ctx, address);
  if (!session) throw new AppError("UNAUTHENTICATED");
  let draft = "";
  try {
    const { fields: { csrf: _, ...form }, files } = await sentForm(ctx);
    draft = String(form.body ?? "");
    const message = validate(postForm, form);
    const { roomId } = data.snapshot;
    const attachments = (await addFiles(services, session.viewer, roomId, files)).map(({ id }) => id);
    const posting = await preparePosting(services, session.viewer, { ...message, roomId, attachments });
    await services.realtime.post(posting);
    return ctx.redirect(`${ctx.url.pathname}#composer`, 303);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const notice = error.fields?.body ?? error.message;
    return { data: { ...data, draft, notice }, status: error.status };
  }
}

/** With files where somebody may send some, else without. @throws AppError PAYLOAD_TOO_LARGE, CSRF_FAILED, BAD_REQUEST */
async function sentForm({ state: { fields, upload, services } }: Ctx) {
  if (!upload) return { fields, files: [] };
  const sent = await upload(services.config.uploads.maxFileBytes);
  return { fields: sent.fields as Fields, files: sent.all };
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
  const { settings, level, readOnly, known, rights, lit, past } = data;
  const { room } = snapshot;
  const first = (past ?? snapshot).messages[0];
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
    ...{ settings, level, readOnly, known, rights, lit, fileMaxBytes: data.fileMaxBytes },
    action: path,
    guestHref: guestHref(path),
    peopleOpen: data.peopleOpen,
    olderHref: first && `${path}?before=${first.seq}`,
  };
  const live = viewer !== null && !older && draft === undefined;
  return (
    <>
      <Head>
        <title>{documentTitle(roomTitle(room, viewer?.id))}</title>
        {room.topic && <meta name="description" content={room.topic} />}
      </Head>
      {live ? <Room {...shared} past={past} viewer={viewer} /> : (
        <StaticRoom
          {...shared}
          snapshot={past ? { ...snapshot, ...past, messages: [...past.messages] } : snapshot}
          viewer={viewer}
          draft={draft}
          newestHref={older || past ? path : undefined}
        />
      )}
    </>
  );
}
