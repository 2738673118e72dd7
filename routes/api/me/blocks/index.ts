import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../lib/http/guards.ts";
import { block, listBlocks } from "../../../../lib/profile/blocks.ts";
import { blockRequest } from "../../../../lib/protocol/forms/profile.ts";

/** Guests have a block list too, and keep it when they become members. */
export const handlers = {
  /** `[{id, name, username?, avatar?, blockedAt}]`, newest first. */
  GET: signedIn(async ({ state: { services, session } }) =>
    ok(await listBlocks(services, session.viewer.id))
  ),

  /** `{userId}` or `{username}` → the list. */
  POST: signedIn(takes(blockRequest, async ({ state: { services, session } }, input) => {
    await block(services, session.viewer.id, input);
    return ok(await listBlocks(services, session.viewer.id));
  })),
};
