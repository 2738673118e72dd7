import { countMembers } from "../../db/queries/memberships.ts";
import { findSlugRoom } from "../../db/queries/rooms.ts";
import type { RoomInfo, Viewer } from "../protocol/types.ts";
import { may } from "../protocol/permissions.ts";
import type { Services } from "../services.ts";
import { openRoom, standingIn } from "./access.ts";

/** Where somebody stands before a room: inside, or why not. Of a room that takes an invite strangers learn nothing. */
export type Door =
  | { state: "inside" }
  | { state: "open" | "archived"; room: RoomInfo; memberCount: number }
  | { state: "invite-only" | "banned" };

/** The door of the room at `/r/:slug`. @throws AppError ROOM_NOT_FOUND */
export async function doorOf(services: Services, viewer: Viewer | null, slug: string): Promise<Door> {
  const { sql, rooms, clock } = services;
  const room = openRoom(await findSlugRoom(sql, slug), clock());
  const standing = await standingIn(rooms, viewer, room);
  if (may(viewer, "read", room, standing)) return { state: "inside" };
  if (standing.banned) return { state: "banned" };
  if (room.visibility !== "public") return { state: "invite-only" };
  return { state: room.archived ? "archived" : "open", room, memberCount: await countMembers(sql, room.id) };
}
