import { AppError } from "../../../../lib/errors.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../lib/http/guards.ts";
import { listBlocks, unblock } from "../../../../lib/profile/blocks.ts";
import { blockRequest } from "../../../../lib/protocol/forms/profile.ts";

export const handlers = {
  /** Unblocks → the list. */
  DELETE: signedIn(async ({ params, state: { services, session } }) => {
    const whom = blockRequest.safeParse({ userId: params.userId });
    if (!whom.success || !("userId" in whom.data)) throw new AppError("NOT_FOUND");
    await unblock(services, session.viewer.id, whom.data.userId);
    return ok(await listBlocks(services, session.viewer.id));
  }),
};
