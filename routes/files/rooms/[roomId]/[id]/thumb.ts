import { fileResponse } from "../../../../../lib/http/file_response.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { demandRoomId } from "../../../../../lib/rooms/access.ts";
import { openThumb } from "../../../../../lib/uploads/open.ts";

const SHOWN = { disposition: "inline", cacheControl: "private, no-cache" } as const;

export const handlers = {
  /** The small copy of a picture. */
  GET: anyone(async ({ req, params, state: { services, session } }) => {
    const viewer = session?.viewer ?? null;
    const file = await openThumb(services, viewer, demandRoomId(params.roomId), params.id!);
    return await fileResponse(req, file, SHOWN);
  }),
};
