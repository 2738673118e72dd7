import type { Queryable } from "../../db/client.ts";
import { Banned, lockRoom, standingsOf } from "../../db/queries/memberships.ts";
import { findRoom } from "../../db/queries/rooms.ts";
import { AppError } from "../errors.ts";
import type { NewMessage } from "../protocol/events.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { type Action, outranks } from "../protocol/permissions.ts";
import type { RoomInfo, RoomRole, Standing, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { accessRoom, demand, openRoom } from "./access.ts";
import { houseSays } from "./house.ts";

const NOT_HERE = "They are not in this room.";
const BANNED = "You are banned from this room.";

/** A room whose row one transaction holds: who is in it, and as what, stands still. */
export interface HeldRoom {
  sql: Queryable;
  viewer: Viewer;
  room: RoomInfo;
  standing: Standing;
  /** The house says what happened; told to the room once it has. */
  say(body: string, about: readonly UserId[]): Promise<void>;
}

export interface Attempt {
  viewer: Viewer;
  /** Left out where what it takes is asked for by the change itself. */
  action?: Action;
  roomId: RoomId;
  /** Those whose own list of rooms will be another. */
  affects?: readonly UserId[];
}

/**
 * The one way in which a room or its people are changed: access, then one transaction under the room's lock in which
 * everything is asked anew, for a role may be gone since; then everybody is told.
 * @throws AppError of room access, FORBIDDEN for the banned, and what `change` throws
 */
export async function changeHeld<Result>(
  services: Services,
  { viewer, action, roomId, affects = [] }: Attempt,
  change: (held: HeldRoom) => Promise<Result>,
): Promise<Result> {
  // Most refusals need no transaction.
  if (action) await accessRoom(services.rooms, viewer, action, roomId);
  const said: NewMessage[] = [];
  const result = await services.sql.begin(async (sql) => {
    await lockRoom(sql, roomId);
    const room = openRoom(await findRoom(sql, roomId), services.clock());
    const [standing] = await standingsOf(sql, [{ roomId, userId: viewer.id }]);
    if (action) demand(viewer, action, room, standing);
    const say = async (body: string, about: readonly UserId[]) => {
      said.push(await houseSays(sql, roomId, body, about));
    };
    return await change({ sql, viewer, room, standing: standing!, say });
  }).catch((error) => {
    throw error instanceof Banned ? new AppError("FORBIDDEN", { message: BANNED }) : error;
  });
  for (const event of said) services.realtime.announce(event);
  services.realtime.rightsChanged(roomId, affects);
  return result as Result;
}

/** Somebody else's role in the room, `null` when they are not in it. */
export async function roleOf({ sql, room }: HeldRoom, userId: UserId): Promise<RoomRole | null> {
  const [standing] = await standingsOf(sql, [{ roomId: room.id, userId }]);
  return standing!.role;
}

/**
 * The role of somebody whom the actor ranks above.
 * @throws AppError NOT_FOUND when they are not in the room, FORBIDDEN for equals and betters, and for oneself
 */
export async function demandOutranked(held: HeldRoom, userId: UserId): Promise<RoomRole> {
  const role = await roleOf(held, userId);
  if (!role) throw new AppError("NOT_FOUND", { message: NOT_HERE });
  demandAbove(held, userId, role);
  return role;
}

/** @throws AppError FORBIDDEN unless the actor ranks above that role, and for oneself */
export function demandAbove({ viewer, standing }: HeldRoom, userId: UserId, role: RoomRole): void {
  if (userId === viewer.id) throw new AppError("FORBIDDEN", { message: "You cannot do that to yourself." });
  if (!outranks(viewer, standing, role)) {
    throw new AppError("FORBIDDEN", { message: "That takes a higher role than theirs." });
  }
}
