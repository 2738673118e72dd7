import { createLounge, listLounges } from "../../../../lib/admin/lounges.ts";
import { answers, takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { admin } from "../../../../lib/http/guards.ts";
import { newLounge } from "../../../../lib/protocol/forms/lounges.ts";

export const handlers = {
  /** All lounges by position with all their language rooms, the archived too. */
  GET: admin(async ({ state: { services, session } }) => ok(await listLounges(services, session.viewer))),

  /** A new lounge, without rooms yet. Without a position it comes last. The slug is its address for good. */
  POST: admin(answers(
    { status: 201 },
    takes(newLounge, async ({ state: { services, session } }, input) => {
      return ok(await createLounge(services, session.viewer, input));
    }),
  )),
};
