import { ok } from "../../../../lib/http/envelope.ts";
import { anyone } from "../../../../lib/http/guards.ts";
import { loungesWithPeople } from "../../../../lib/rooms/lounges.ts";

export const handlers = {
  /** `[{id, slug, name, ageRating, rooms: [{id, language, name, online}]}]` */
  GET: anyone(async ({ state: { services } }) => ok(await loungesWithPeople(services))),
};
