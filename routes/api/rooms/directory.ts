import { takesQuery } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { directoryQuery } from "../../../lib/protocol/forms/rooms.ts";
import { searchDirectory } from "../../../lib/rooms/public_directory.ts";

export const handlers = {
  /**
   * Public rooms, the liveliest first → `{rooms: [{id, slug, name, topic, memberCount, online, activeAt}], nextCursor}`.
   * With `q`, those of which every word begins a word of the name, topic or address.
   */
  GET: anyone(takesQuery(directoryQuery, async ({ state: { services } }, query) => {
    return ok(await searchDirectory(services, query));
  })),
};
