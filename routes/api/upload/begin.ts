import { answers, takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { participant } from "../../../lib/http/guards.ts";
import { uploadBegin } from "../../../lib/protocol/forms/uploads.ts";
import { roomNamed } from "../../../lib/rooms/ghosts/tokens.ts";
import { beginUpload } from "../../../lib/uploads/begin.ts";

export const handlers = {
  /**
   * Announces a file for a room, which members of it may do, and its ghosts → 201 `{id, uploadUrl, expiresAt}`. Next: its
   * bytes by PUT to `uploadUrl`, then `POST /api/upload/{id}/finish`. After an hour it is forgotten.
   */
  POST: participant(answers(
    { status: 201 },
    takes(uploadBegin, async ({ state: { services, session, exchange } }, { room, ...announced }) => {
      const roomId = await roomNamed(services, room, exchange.address);
      return ok(await beginUpload(services, session.viewer, roomId, announced));
    }),
  )),
};
