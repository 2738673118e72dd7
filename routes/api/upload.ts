import { answers, takesFileWith } from "../../lib/http/contract.ts";
import { ok } from "../../lib/http/envelope.ts";
import { participant } from "../../lib/http/guards.ts";
import { uploadTo } from "../../lib/protocol/forms/ghosts.ts";
import { addFile, UPLOAD_MAX_BYTES } from "../../lib/rooms/ghosts/files.ts";
import { roomNamed } from "../../lib/rooms/ghosts/tokens.ts";

const FILE = { name: "file", maxBytes: UPLOAD_MAX_BYTES };

export const handlers = {
  /**
   * A multipart form with `file` and `roomToken`, from a ghost of that room → 201 `{id, name, type, size, url}`. A message
   * shows it when it names its id among `attachments`; a file that stands in no message for a day is removed.
   */
  POST: participant(answers(
    { status: 201 },
    takesFileWith(
      FILE,
      uploadTo,
      async ({ state: { services, session, exchange } }, { file, fields: { roomToken } }) => {
        const room = await roomNamed(services, roomToken, exchange.address);
        return ok(await addFile(services, session.viewer, room, file));
      },
    ),
  )),
};
