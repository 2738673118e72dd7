import { takesQuery } from "../../lib/http/contract.ts";
import { ok } from "../../lib/http/envelope.ts";
import { signedIn } from "../../lib/http/guards.ts";
import { searchRequest } from "../../lib/protocol/forms/search.ts";
import { searchMessages } from "../../lib/search/search.ts";

export const handlers = {
  /**
   * Messages of all rooms that one may read →
   * `{results: [{id, seq, room, author, createdAt, edited?, snippet: [{text, hit?}], files}], nextCursor, count?: {found, more}, notes}`.
   * `q`: words, `"phrases"`, `-without`, `from:name`, `in:slug` or `in:lounge/language`, `has:link|file|picture|mention`,
   * `before:2026-11-01`, `after:2026-10`. `room`: the id of a room, to look there alone. `sort`: `new` (the newest first) or `best`. A page may come with few results, or
   * none, and a `nextCursor`: then `notes.searchedBackTo` says how far back it looked.
   */
  GET: signedIn(takesQuery(searchRequest, async ({ state: { services, session } }, request) => {
    return ok(await searchMessages(services, session.viewer, request));
  })),
};
