import { findSession } from "../../../lib/auth/sessions.ts";
import { AppError } from "../../../lib/errors.ts";
import { fileResponse } from "../../../lib/http/file_response.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { openFile } from "../../../lib/uploads/open.ts";
import { readPass } from "../../../lib/uploads/passes.ts";

const TO_BE_SAVED = { disposition: "attachment", cacheControl: "no-store" } as const;

export const handlers = {
  /** What somebody may save with this pass. Cookies are neither read nor set; rights are asked for anew. */
  GET: anyone(async ({ req, params, state: { services } }) => {
    const pass = await readPass(services, params.pass!);
    const session = pass?.sessionId ? await findSession(services, pass.sessionId) : null;
    if (!pass || (pass.sessionId && !session)) {
      throw new AppError("NOT_FOUND", {
        message: "This link is good no more. Go back and ask for the file again.",
      });
    }
    const file = await openFile(services, session?.viewer ?? null, pass.roomId, pass.fileId);
    return await fileResponse(req, file, TO_BE_SAVED);
  }),
};
