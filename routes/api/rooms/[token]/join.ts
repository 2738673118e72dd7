import { takes } from "../../../../lib/http/contract.ts";
import { ok } from "../../../../lib/http/envelope.ts";
import { anyone } from "../../../../lib/http/guards.ts";
import { ghostJoin } from "../../../../lib/protocol/forms/ghosts.ts";
import { joinGhostRoom } from "../../../../lib/rooms/ghosts/join.ts";

export const handlers = {
  /**
   * Takes a place in a ghost room → `{sessionToken, nickname, roomToken}`. The session token is a bearer token, good until
   * the room ends; place and nickname are held while the ghost is connected or asks for messages, and 30 s longer.
   */
  POST: anyone(takes(ghostJoin, async ({ params, state: { services, exchange } }, { nickname }) => {
    return ok(await joinGhostRoom(services, params.token!, exchange.address, nickname));
  }, { nickname: "INVALID_NICKNAME" })),
};
