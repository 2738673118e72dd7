import { member } from "../../../../lib/http/guards.ts";
import { openExport } from "../../../../lib/profile/data_requests.ts";

export const handlers = {
  /** The ZIP file of an export that is done; NOT_FOUND to all but its owner. */
  GET: member(async ({ params, state: { services, session } }) => {
    const { bytes, type, name } = await openExport(services, session.viewer.id, params.id!);
    const headers = { "content-type": type, "content-disposition": `attachment; filename="${name}"` };
    return new Response(bytes, { headers: { ...headers, "cache-control": "no-store" } });
  }),
};
