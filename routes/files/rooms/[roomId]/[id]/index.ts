import { fileResponse } from "../../../../../lib/http/file_response.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { demandRoomId } from "../../../../../lib/rooms/access.ts";
import { openFile } from "../../../../../lib/uploads/open.ts";
import { signPass } from "../../../../../lib/uploads/passes.ts";

/** Asked for anew each time it is shown, so that whoever may not see it any more does not; unchanged, it is not sent again. */
const SHOWN = { disposition: "inline", cacheControl: "private, no-cache" } as const;

export const handlers = {
  /** A file of a room that I may read: pictures as they are, everything else from an address that needs no cookies. */
  GET: anyone(async (ctx) => {
    const { req, params, state: { services, session } } = ctx;
    const [roomId, fileId] = [demandRoomId(params.roomId), params.id!];
    const file = await openFile(services, session?.viewer ?? null, roomId, fileId);
    if (file.isPicture) return await fileResponse(req, file, SHOWN);
    const pass = await signPass(services, { roomId, fileId, sessionId: session?.id ?? null });
    const headers = { location: `/files/passes/${pass}`, "cache-control": "no-store" };
    return new Response(null, { status: 303, headers });
  }),
};
