import { answers } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { listExports, requestExport } from "../../../../lib/profile/data_requests.ts";

export const handlers = {
  /** `[{id, state, progress, result: {size} | null, createdAt, expiresAt}]`, newest first. */
  GET: member(async ({ state: { services, session } }) => ok(await listExports(services, session.viewer.id))),

  /** Begins an export, or answers with the one that is under way. */
  POST: member(answers({ status: 202 }, async ({ state: { services, session } }) => {
    return ok(await requestExport(services, session.viewer.id));
  })),
};
