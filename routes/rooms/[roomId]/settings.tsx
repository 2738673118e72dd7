import { Head } from "fresh/runtime";
import type { Refused } from "../../../components/admin/form.ts";
import { documentTitle } from "../../../components/layout/DocumentHead.tsx";
import { Shell } from "../../../components/layout/Shell.tsx";
import { DASHBOARD_HREF } from "../../../components/links.ts";
import { SettingsPage } from "../../../components/rooms/settings/SettingsPage.tsx";
import CopyLink from "../../../islands/CopyLink.tsx";
import { AppError } from "../../../lib/errors.ts";
import { validate } from "../../../lib/http/body.ts";
import { signedIn, type SignedInCtx } from "../../../lib/http/guards.ts";
import { refusalOf } from "../../../lib/http/refusal.ts";
import { typed } from "../../../lib/http/typed.ts";
import { type Visit, visitOf } from "../../../lib/http/visit.ts";
import {
  banning,
  type MadeInvite,
  newInvite,
  type RoomDetails,
  roomSettings,
  somebody,
} from "../../../lib/protocol/forms/rooms.ts";
import { levelIn } from "../../../lib/notifications/settings.ts";
import type { NotifyLevel } from "../../../lib/protocol/forms/notifications.ts";
import type { RoomId } from "../../../lib/protocol/ids.ts";
import { roomId } from "../../../lib/protocol/id_schemas.ts";
import { roomTitle } from "../../../lib/protocol/room_names.ts";
import type { Viewer } from "../../../lib/protocol/types.ts";
import { ban, unban } from "../../../lib/rooms/bans.ts";
import { roomDetails } from "../../../lib/rooms/details.ts";
import { makeInvite, revokeInvite } from "../../../lib/rooms/invites.ts";
import { handOver, kick, leave, promote } from "../../../lib/rooms/members.ts";
import { changeSettings, setArchived } from "../../../lib/rooms/settings.ts";

interface Data extends Visit {
  viewer: Viewer;
  details: RoomDetails;
  level: NotifyLevel | null;
  notice?: string;
  refused?: Refused;
  made?: MadeInvite;
}

const FIELDS = ["name", "topic", "slug", "visibility", "hours", "uses", "reason", "userId"];
const DONE: Record<string, string> = {
  general: "Saved.",
  notify: "Saved.",
  promote: "They keep order here now.",
  demote: "They are a plain member now.",
  kick: "They are out. They can come back the way they came.",
  ban: "They are banned.",
  unban: "The ban is lifted.",
  revoke: "That link opens nothing any more.",
  "hand-over": "The room has another owner now.",
  archive: "The room is archived.",
  reopen: "The room is open again.",
};

export const handlers = {
  /** Members, and what may be done with the room; staff see rooms they are not in. */
  GET: signedIn(async (ctx) => ({
    data: { ...await dataFor(ctx), notice: DONE[ctx.url.searchParams.get("done") ?? ""] } satisfies Data,
  })),

  /** `step`: general; promote, demote, kick, ban, unban or hand-over with a `userId`; invite; revoke; archive, reopen; leave. */
  POST: signedIn(async (ctx) => {
    const step = String(ctx.state.fields.step ?? "");
    try {
      if (step === "invite") return { data: { ...await dataFor(ctx, await invite(ctx)) } satisfies Data };
      await take(ctx, step);
      if (step === "leave") return ctx.redirect(DASHBOARD_HREF, 303);
      return ctx.redirect(`${ctx.url.pathname}?done=${step}`, 303);
    } catch (error) {
      const { status, headers, ...said } = refusalOf(error);
      // Who may not see the page any more is told so by the page of errors.
      const data = await dataFor(ctx);
      const refused: Refused = {
        form: formOf(ctx, step),
        values: typed(ctx.state.fields, FIELDS),
        ...said,
      };
      return { data: { ...data, refused } satisfies Data, status, headers };
    }
  }),
};

function invite(ctx: SignedInCtx): Promise<MadeInvite> {
  const { services, session: { viewer }, fields } = ctx.state;
  return makeInvite(services, viewer, idOf(ctx), validate(newInvite, typed(fields, ["hours", "uses"])));
}

/** Does what the form says. */
async function take(ctx: SignedInCtx, step: string): Promise<unknown> {
  const { services, session: { viewer }, fields } = ctx.state;
  const id = idOf(ctx);
  const whom = () => validate(somebody, typed(fields, ["userId"])).userId;
  switch (step) {
    case "general": {
      const change = validate(roomSettings, typed(fields, ["name", "topic", "slug", "visibility"]));
      return await changeSettings(services, viewer, id, change);
    }
    case "promote":
    case "demote":
      return await promote(services, viewer, id, {
        userId: whom(),
        role: step === "promote" ? "moderator" : "member",
      });
    case "kick":
      return await kick(services, viewer, id, whom());
    case "ban":
      return await ban(services, viewer, id, validate(banning, typed(fields, ["userId", "hours", "reason"])));
    case "unban":
      return await unban(services, viewer, id, whom());
    case "hand-over":
      return await handOver(services, viewer, id, whom());
    case "revoke":
      return await revokeInvite(services, viewer, id, String(fields.id ?? ""));
    case "archive":
    case "reopen":
      return await setArchived(services, viewer, id, step === "archive");
    case "leave":
      return await leave(services, viewer, id);
    default:
      throw new AppError("BAD_REQUEST");
  }
}

const FORMS: Record<string, string> = {
  invite: "invites",
  revoke: "invites",
  unban: "bans",
  reopen: "archive",
};
const ABOUT_A_MEMBER = new Set(["promote", "demote", "kick", "ban"]);

/** Which of the page's forms was sent. */
function formOf({ state: { fields } }: SignedInCtx, step: string): string {
  return ABOUT_A_MEMBER.has(step) ? `member-${fields.userId}` : FORMS[step] ?? step;
}

function idOf({ params }: SignedInCtx): RoomId {
  const id = roomId.safeParse(params.roomId);
  if (!id.success) throw new AppError("ROOM_NOT_FOUND");
  return id.data;
}

async function dataFor(ctx: SignedInCtx, made?: MadeInvite): Promise<Data> {
  const { services, session: { viewer } } = ctx.state;
  const details = await roomDetails(services, viewer, idOf(ctx));
  // The outside of a public room has no settings.
  if (!details.may) throw new AppError("NOT_A_MEMBER");
  const level = await levelIn(services, viewer, details.room.id);
  return { ...await visitOf(ctx), viewer, details, level, made };
}

export default function SettingsRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, clock, details, level, notice, refused, made } = data;
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle(`${roomTitle(details.room, viewer.id)}, settings`)}</title>
      </Head>
      <SettingsPage
        details={details}
        level={level}
        viewer={viewer}
        clock={clock}
        csrf={csrf}
        path={path}
        notice={notice}
        refused={refused}
        made={made}
        copy={made && <CopyLink text={made.link} />}
      />
    </Shell>
  );
}
