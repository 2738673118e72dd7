import { Head } from "fresh/runtime";
import type { Refused } from "../../../components/admin/form.ts";
import { LoungePage } from "../../../components/admin/LoungePage.tsx";
import { documentTitle } from "../../../components/layout/DocumentHead.tsx";
import { Shell } from "../../../components/layout/Shell.tsx";
import { addLanguageRoom, changeLanguageRoom } from "../../../lib/admin/language_rooms.ts";
import { changeLounge, readLounge } from "../../../lib/admin/lounges.ts";
import { AppError } from "../../../lib/errors.ts";
import { validate } from "../../../lib/http/body.ts";
import { admin, type SignedInCtx } from "../../../lib/http/guards.ts";
import { refusalOf } from "../../../lib/http/refusal.ts";
import { typed } from "../../../lib/http/typed.ts";
import { type Visit, visitOf } from "../../../lib/http/visit.ts";
import {
  type AdminLounge,
  languageRoomChange,
  loungeChange,
  newLanguageRoom,
} from "../../../lib/protocol/forms/lounges.ts";
import { roomId } from "../../../lib/protocol/id_schemas.ts";

interface Data extends Visit {
  lounge: AdminLounge;
  notice?: string;
  refused?: Refused;
}

const LOUNGE_FIELDS = ["name", "description", "ageRating", "position"];
const ROOM_FIELDS = ["name", "topic"];
const NEW_ROOM_FIELDS = ["language", ...ROOM_FIELDS];
const DONE: Record<string, string> = {
  new: "The lounge is made. Now give it its language rooms.",
  saved: "Saved.",
  added: "The room is open.",
  archived: "It is put away. Whoever was in it has been shown out.",
  reopened: "It is open again.",
};

export const handlers = {
  GET: admin(async (ctx) => ({
    data: { ...await dataFor(ctx), notice: DONE[ctx.url.searchParams.get("done") ?? ""] } satisfies Data,
  })),

  /** `step`: lounge, archive or reopen; new-room; room, archive-room or reopen-room with the `room`'s id. */
  POST: admin(async (ctx) => {
    const { fields } = ctx.state;
    try {
      return ctx.redirect(await take(ctx), 303);
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      const refused: Refused = {
        form: formOf(ctx),
        values: typed(fields, [...NEW_ROOM_FIELDS, ...LOUNGE_FIELDS]),
        ...said,
      };
      return { data: { ...await dataFor(ctx), refused } satisfies Data, status, headers };
    }
  }),
};

/** Does what the form says. @returns where that leads */
async function take(ctx: SignedInCtx): Promise<string> {
  const { services, session: { viewer }, fields } = ctx.state;
  const { loungeId } = ctx.params as { loungeId: string };
  const led = (done: string, place: string) => `${ctx.url.pathname}?done=${done}${place}`;
  switch (fields.step) {
    case "archive":
    case "reopen": {
      const archived = fields.step === "archive";
      await changeLounge(services, viewer, loungeId, { archived });
      return led(archived ? "archived" : "reopened", "");
    }
    case "new-room": {
      const input = validate(newLanguageRoom, typed(fields, NEW_ROOM_FIELDS));
      const { id } = await addLanguageRoom(services, viewer, loungeId, input);
      return led("added", `#room-${id}`);
    }
    case "room":
    case "archive-room":
    case "reopen-room":
      return led(await changeRoom(ctx, fields.step), `#room-${fields.room}`);
    default:
      await changeLounge(services, viewer, loungeId, validate(loungeChange, typed(fields, LOUNGE_FIELDS)));
      return led("saved", "#lounge");
  }
}

async function changeRoom(
  { state: { services, session, fields } }: SignedInCtx,
  step: "room" | "archive-room" | "reopen-room",
): Promise<string> {
  const id = roomId.safeParse(fields.room);
  if (!id.success) throw new AppError("ROOM_NOT_FOUND");
  const archived = step === "archive-room";
  const change = step === "room" ? validate(languageRoomChange, typed(fields, ROOM_FIELDS)) : { archived };
  await changeLanguageRoom(services, session.viewer, id.data, change);
  return step === "room" ? "saved" : archived ? "archived" : "reopened";
}

/** Which of the page's forms was sent. */
function formOf({ state: { fields: { step, room } } }: SignedInCtx): string {
  return step === "new-room" ? step : room === undefined ? "lounge" : `room-${room}`;
}

async function dataFor(ctx: SignedInCtx): Promise<Data> {
  const { services, session } = ctx.state;
  const { loungeId } = ctx.params as { loungeId: string };
  return { ...await visitOf(ctx), lounge: await readLounge(services, session.viewer, loungeId) };
}

export default function LoungeRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, lounge, notice, refused } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(`${lounge.name}, kept`)}</title>
      </Head>
      <LoungePage csrf={csrf} lounge={lounge} notice={notice} refused={refused} />
    </Shell>
  );
}
