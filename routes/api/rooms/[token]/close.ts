import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { anyone } from "../../../../lib/http/guards.ts";
import { ghostClose } from "../../../../lib/protocol/forms/ghosts.ts";
import { closeGhostRoom } from "../../../../lib/rooms/ghosts/end.ts";

export const handlers = {
  /** Ends a ghost room for everybody, before its time; all that was said in it goes. */
  POST: anyone(takes(ghostClose, async ({ params, state: { services, exchange } }, { ownerKey }) => {
    await closeGhostRoom(services, params.token!, exchange.address, ownerKey);
    return ok(null);
  })),
};
