import { Head } from "fresh/runtime";
import { NeedsScript } from "../../components/ghost/NeedsScript.tsx";
import { documentTitle } from "../../components/layout/DocumentHead.tsx";
import GhostRoom from "../../islands/GhostRoom.tsx";
import { AppError } from "../../lib/errors.ts";
import { anyone } from "../../lib/http/guards.ts";
import { roomToken } from "../../lib/protocol/frames.ts";
import { UNSEEN } from "./(_ghost)/headers.ts";

interface Data {
  token: string;
}

export const handlers = {
  /** The door of a ghost room. What stands behind it, the browser asks for; the key in the link never comes here. */
  GET: anyone((ctx) => {
    const token = roomToken.safeParse(ctx.params.token);
    if (!token.success) throw new AppError("ROOM_NOT_FOUND");
    return { data: { token: token.data }, headers: UNSEEN };
  }),
};

export default function GhostRoomPage({ data }: { data: Data }) {
  return (
    <div class="dusk">
      <Head>
        <title>{documentTitle("Ghost room")}</title>
        <meta name="robots" content="noindex" />
      </Head>
      <NeedsScript />
      <GhostRoom token={data.token} />
    </div>
  );
}
