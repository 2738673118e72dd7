import { answers } from "../../../../lib/http/contract.ts";
import { member } from "../../../../lib/http/guards.ts";
import { openExport } from "../../../../lib/profile/data_requests.ts";

export const handlers = {
  /** The ZIP file of an export that is done; NOT_FOUND to all but its owner. */
  GET: member(answers({ type: "application/zip" }, async ({ params, state: { services, session } }) => {
    const { bytes, name } = await openExport(services, session.viewer.id, params.id!);
    const headers = { "content-disposition": `attachment; filename="${name}"` };
    return new Response(bytes, { headers: { ...headers, "cache-control": "no-store" } });
  })),
};
