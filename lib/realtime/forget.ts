import type { Limits } from "../http/limits.ts";
import { keysUnder, removeKeys } from "../kv.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Tickets } from "./tickets.ts";

/** Who was in a room that is gone. */
export interface Gone {
  ghosts: UserId[];
  /** Ids of their sessions. */
  sessions: string[];
}

interface Surroundings {
  kv: Deno.Kv;
  limits: Limits;
  tickets: Tickets;
}

/**
 * Takes out of KV what is kept there of a room that is gone, and of those who were in it. Most of it would run out by
 * itself; what an isolate wrote that died would not. What was rung of them goes from the doorbell's boards in a while.
 */
export async function forgetRoom(
  { kv, limits, tickets }: Surroundings,
  roomId: RoomId,
  { ghosts, sessions }: Gone,
): Promise<void> {
  const prefixes = [["here", roomId], ["typing", roomId], ...ghosts.map((id) => ["sockets", `user:${id}`])];
  for (const prefix of prefixes) await removeKeys(kv, await keysUnder(kv, prefix));
  await tickets.forget(new Set(sessions));
  await limits.forget(ghosts);
}
