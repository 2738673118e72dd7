import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { NOTIFICATIONS_HREF } from "../../components/links.ts";
import { MePage } from "../../components/me/MePage.tsx";
import {
  DevicesPanel,
  MutePanel,
  type NotificationsProps,
  RoomLevelsPanel,
  SettingsPanel,
} from "../../components/me/NotificationsPanel.tsx";
import Notifications from "../../islands/Notifications.tsx";
import { AppError } from "../../lib/errors.ts";
import { validate } from "../../lib/http/body.ts";
import { member, type SignedInCtx } from "../../lib/http/guards.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { typed } from "../../lib/http/typed.ts";
import { safePath, type Visit, visitOf } from "../../lib/http/visit.ts";
import { pushKey, removeDevice } from "../../lib/notifications/devices.ts";
import {
  changeSettings,
  mute,
  readSettings,
  roomsWithLevels,
  setLevel,
} from "../../lib/notifications/settings.ts";
import {
  muteForm,
  roomLevelForm,
  settingsForm,
  unsubscription,
} from "../../lib/protocol/forms/notifications.ts";
import type { Viewer } from "../../lib/protocol/types.ts";

interface Data extends Visit, Omit<NotificationsProps, "here" | "viewerId"> {
  viewer: Viewer;
  publicKey: string | null;
  notice?: string;
}

const FIELDS = ["directLevel", "roomsLevel", "hideWords", "quiet", "from", "to", "timeZone"];
const DONE: Record<string, string> = {
  settings: "Saved.",
  room: "Saved.",
  mute: "Saved.",
  device: "That device gets no more notifications.",
};

export const handlers = {
  GET: member(async (ctx) => ({
    data: { ...await dataFor(ctx), notice: DONE[ctx.url.searchParams.get("done") ?? ""] } satisfies Data,
  })),

  /** `step`: settings; mute with `hours`; device with its `id`; room with `roomId` and `level`, and where to go on. */
  POST: member(async (ctx) => {
    const step = String(ctx.state.fields.step ?? "");
    try {
      return ctx.redirect(await take(ctx, step), 303);
    } catch (error) {
      const { status, headers, errors, error: whole } = refusalOf(error);
      const refused = { values: typed(ctx.state.fields, FIELDS), errors, error: whole };
      const data = await dataFor(ctx);
      if (step === "settings") return { data: { ...data, refused } satisfies Data, status, headers };
      throw error;
    }
  }),
};

/** Does what the form says. @returns where to go on */
async function take(ctx: SignedInCtx, step: string): Promise<string> {
  const { services, session, fields } = ctx.state;
  const { viewer } = session;
  switch (step) {
    case "settings":
      await changeSettings(services, viewer, validate(settingsForm, typed(fields, FIELDS)));
      break;
    case "mute":
      await mute(services, viewer, validate(muteForm, typed(fields, ["hours"])).hours);
      break;
    case "device":
      await removeDevice(services, session, validate(unsubscription, typed(fields, ["id"])));
      break;
    case "room": {
      const { roomId, level, next } = validate(roomLevelForm, typed(fields, ["roomId", "level", "next"]));
      await setLevel(services, viewer, roomId, level);
      return next === undefined ? done("room") : safePath(next, done("room"));
    }
    default:
      throw new AppError("BAD_REQUEST");
  }
  return done(step);
}

const done = (step: string) => `${NOTIFICATIONS_HREF}?done=${step}`;

async function dataFor(ctx: SignedInCtx): Promise<Data> {
  const { services, session } = ctx.state;
  const settings = await readSettings(services, session);
  return {
    ...await visitOf(ctx),
    viewer: session.viewer,
    settings,
    rooms: await roomsWithLevels(services, session.viewer, settings),
    timeZones: ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")],
    publicKey: pushKey(services),
  };
}

export default function NotificationsRoute({ data }: { data: Data }) {
  const { viewer, path, csrf, publicKey, notice } = data;
  const here = <Notifications csrf={csrf} viewerId={viewer.id} publicKey={publicKey} />;
  const props = { ...data, viewerId: viewer.id, here };
  return (
    <Shell viewer={viewer} path={path} signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Your notifications")}</title>
      </Head>
      <MePage path={path} title="Notifications" notice={notice}>
        <DevicesPanel {...props} />
        <MutePanel {...props} />
        <SettingsPanel {...props} />
        <RoomLevelsPanel {...props} />
      </MePage>
    </Shell>
  );
}
