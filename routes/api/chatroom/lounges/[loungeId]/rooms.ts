import { AppError } from "../../../../../lib/errors.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { anyone } from "../../../../../lib/http/guards.ts";
import { loungesWithPeople } from "../../../../../lib/rooms/lounges.ts";

export const handlers = {
  /** The language rooms of one lounge, named by its id or its slug. */
  GET: anyone(async ({ params, state: { services } }) => {
    const lounges = await loungesWithPeople(services);
    const lounge = lounges.find(({ id, slug }) => id === params.loungeId || slug === params.loungeId);
    if (!lounge) throw new AppError("NOT_FOUND");
    return ok(lounge.rooms);
  }),
};
