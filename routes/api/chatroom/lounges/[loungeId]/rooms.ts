import { ok } from "../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { loungeWithPeople } from "../../../../../lib/rooms/lounges.ts";

export const handlers = {
  /** The language rooms of one lounge, named by its id or its slug. */
  GET: anyone(async ({ params, state: { services } }) => {
    return ok((await loungeWithPeople(services, params.loungeId!)).rooms);
  }),
};
