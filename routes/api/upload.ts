import { answers, takesFileWith } from "../../lib/http/contract.ts";
import { ok } from "../../lib/http/envelope.ts";
import { participant } from "../../lib/http/guards.ts";
import { uploadTo } from "../../lib/protocol/forms/uploads.ts";
import { FILE_MAX_BYTES } from "../../lib/protocol/limits.ts";
import { roomNamed } from "../../lib/rooms/ghosts/tokens.ts";
import { addFile } from "../../lib/uploads/add.ts";
import { SEALED_REST } from "../../lib/uploads/begin.ts";

const FILE = {
  name: "file",
  maxBytes: FILE_MAX_BYTES + SEALED_REST,
  configured: (uploads: { maxFileBytes: number }) => uploads.maxFileBytes + SEALED_REST,
};

export const handlers = {
  /**
   * A small file in one go: a multipart form with `file` and `roomId`, or `roomToken` for ghosts → 201 `{id, name, type,
   * size, url}`, with `width`, `height`, `placeholder` and `thumbUrl` for pictures, which are written anew. A message shows it
   * when it names its id among `attachments`; a file that stands in no message for a day is removed. For progress, or to
   * take it back on the way, use `POST /api/upload/begin`.
   */
  POST: participant(answers(
    { status: 201 },
    takesFileWith(
      FILE,
      uploadTo,
      async ({ state: { services, session, exchange } }, { file, fields: { room } }) => {
        const roomId = await roomNamed(services, room, exchange.address);
        return ok(await addFile(services, session.viewer, roomId, file));
      },
    ),
  )),
};
