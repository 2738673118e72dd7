import { answers, takes } from "../../../../../../lib/http/contract.ts";
import { ok } from "../../../../../../lib/http/envelope.ts";
import { signedIn } from "../../../../../../lib/http/guards.ts";
import { newInvite } from "../../../../../../lib/protocol/forms/rooms.ts";
import { listInvites, makeInvite } from "../../../../../../lib/rooms/invites.ts";
import { roomNamed } from "../../../../../../lib/rooms/slug_rooms.ts";

export const handlers = {
  /**
   * `[{id, createdBy, createdAt, expiresAt?, uses, maxUses?, usesLeft?}]` that can still be used, newest first: one's
   * own, for moderators everybody's.
   */
  GET: signedIn(async ({ params, state: { services, session } }) => {
    return ok(await listInvites(services, session.viewer, await roomNamed(services, params.slug!)));
  }),

  /**
   * A new invite → `{id, link, token, expiresAt, maxUses}`, null for never and for any number. The link is told this
   * once.
   */
  POST: signedIn(answers(
    { status: 201 },
    takes(newInvite, async ({ params, state: { services, session } }, input) => {
      const roomId = await roomNamed(services, params.slug!);
      return ok(await makeInvite(services, session.viewer, roomId, input));
    }),
  )),
};
