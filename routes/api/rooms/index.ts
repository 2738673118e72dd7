import { answers, takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone, signedIn } from "../../../lib/http/guards.ts";
import { newGhostRoom } from "../../../lib/protocol/forms/ghosts.ts";
import { createGhostRoom } from "../../../lib/rooms/ghosts/create.ts";
import { myRooms } from "../../../lib/rooms/my_rooms.ts";

export const handlers = {
  /** The rooms I am in, the latest activity first, with what is unread in each. */
  GET: signedIn(async ({ state: { services, session } }) => ok(await myRooms(services, session.viewer))),

  /**
   * Makes a ghost room → 201 `{token, expiresAt, capacity, encrypted, ownerKey, createdAt}`. It lasts 24 hours and holds 50
   * people unless said otherwise. Encrypted ones take sealed messages only, and need a `keyCheck`.
   */
  POST: anyone(answers(
    { status: 201 },
    takes(newGhostRoom, async ({ state: { services, session, exchange } }, wanted) => {
      return ok(await createGhostRoom(services, session?.viewer ?? null, exchange.address, wanted));
    }),
  )),
};
