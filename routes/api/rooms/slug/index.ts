import { answers, takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { member } from "../../../../lib/http/guards.ts";
import { newSlugRoom } from "../../../../lib/protocol/forms/rooms.ts";
import { createSlugRoom } from "../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /**
   * A new room → `{room}`. Who makes it owns it. Without a slug one is made from the name; one that is asked for and
   * taken is refused.
   */
  POST: member(answers(
    { status: 201 },
    takes(newSlugRoom, async ({ state: { services, session } }, input) => {
      return ok({ room: await createSlugRoom(services, session.viewer, input) });
    }),
  )),
};
