import { addLanguageRoom } from "../../../../../lib/admin/language_rooms.ts";
import { answers, takes } from "../../../../../lib/http/contract.ts";
import { ok } from "../../../../../lib/http/envelope.ts";
import { admin } from "../../../../../lib/http/guards.ts";
import { newLanguageRoom } from "../../../../../lib/protocol/forms/lounges.ts";

export const handlers = {
  /** A room for one more language (BCP 47). Without a name it is called as its language calls itself. */
  POST: admin(answers(
    { status: 201 },
    takes(newLanguageRoom, async ({ params, state: { services, session } }, input) => {
      return ok(await addLanguageRoom(services, session.viewer, params.loungeId!, input));
    }),
  )),
};
