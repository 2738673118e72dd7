import { anyone } from "../../lib/http/guards.ts";
import type { Ctx } from "../../lib/http/state.ts";
import { postByForm, type RoomData, roomData, RoomScreen } from "../(_room)/room_screen.tsx";

const addressed = ({ params }: Ctx) => ({ id: params.roomId!, kind: "password" as const });

export const handlers = {
  GET: anyone(async (ctx) => ({ data: await roomData(ctx, addressed(ctx)) })),
  POST: anyone((ctx) => postByForm(ctx, addressed(ctx))),
};

export default function PasswordRoom({ data }: { data: RoomData }) {
  return <RoomScreen data={data} />;
}
