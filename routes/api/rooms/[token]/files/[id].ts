import { answers } from "../../../../../lib/http/contract.ts";
import { fileResponse } from "../../../../../lib/http/file_response.ts";
import { participant } from "../../../../../lib/http/guards.ts";
import { roomNamed } from "../../../../../lib/rooms/ghosts/tokens.ts";
import { openFile } from "../../../../../lib/uploads/open.ts";

const TO_BE_SAVED = { disposition: "attachment", cacheControl: "no-store" } as const;

export const handlers = {
  /** A file of a room that I may read, as bytes to be saved. The room is named by its token or its id. */
  GET: participant(answers(
    { type: "application/octet-stream" },
    async ({ req, params, state: { services, session, exchange } }) => {
      const room = await roomNamed(services, params.token!, exchange.address);
      const file = await openFile(services, session.viewer, room, params.id!);
      return await fileResponse(req, file, TO_BE_SAVED);
    },
  )),
};
