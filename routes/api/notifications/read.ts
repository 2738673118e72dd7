import { takesQuery } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { readByNow } from "../../../lib/notifications/read.ts";
import { shownQuery } from "../../../lib/protocol/forms/notifications.ts";

export const handlers = {
  /** `{read}`: those of the `messages` (ids, parted by commas) that I have read, so that no device shows them any more. */
  GET: member(takesQuery(shownQuery, async ({ state: { services, session } }, { messages }) => {
    return ok({ read: await readByNow(services, session.viewer, messages) });
  })),
};
