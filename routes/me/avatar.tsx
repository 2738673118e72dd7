import { Head } from "fresh/runtime";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import { Shell } from "../../components/layout/Shell.tsx";
import { AvatarPanel } from "../../components/me/AvatarPanel.tsx";
import { MePage } from "../../components/me/MePage.tsx";
import { member } from "../../lib/http/guards.ts";
import { refusalOf } from "../../lib/http/refusal.ts";
import { type Visit, visitOf } from "../../lib/http/visit.ts";
import { removeAvatar, setAvatar } from "../../lib/profile/avatars.ts";
import { AVATAR_MAX_BYTES } from "../../lib/protocol/avatars.ts";

interface Data extends Visit {
  error?: string;
}

export const handlers = {
  /** Where somebody lands who reloads a refused picture. */
  GET: member((ctx) => ctx.redirect("/me", 303)),

  /** The form with the picture, or the one that takes it away. */
  POST: member(async (ctx) => {
    const { services, session, upload } = ctx.state;
    try {
      if (!upload) {
        await removeAvatar(services, session.viewer.id);
        return ctx.redirect("/me?done=no-picture", 303);
      }
      const { files } = await upload(AVATAR_MAX_BYTES);
      await setAvatar(services, session.viewer, files.avatar);
      return ctx.redirect("/me?done=picture", 303);
    } catch (error) {
      const { status, headers, errors, error: whole } = refusalOf(error);
      return {
        data: { ...await visitOf(ctx), error: errors.avatar ?? whole } satisfies Data,
        status,
        headers,
      };
    }
  }),
};

export default function AvatarRoute({ data }: { data: Data }) {
  const { viewer, csrf, error } = data;
  return (
    <Shell viewer={viewer} path="/me" signOut={{ action: "/leave", csrf }}>
      <Head>
        <title>{documentTitle("Your picture")}</title>
      </Head>
      <MePage path="/me" title="Profile">
        <AvatarPanel csrf={csrf} name={viewer!.name} avatar={viewer!.avatar} error={error} />
      </MePage>
    </Shell>
  );
}
