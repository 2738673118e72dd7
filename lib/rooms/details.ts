import { countMembers, membersOf } from "../../db/queries/memberships.ts";
import { bansOf } from "../../db/queries/room_bans.ts";
import { AppError } from "../errors.ts";
import { MEMBERS_SHOWN, type RoomDetails, type SettingsView } from "../protocol/forms/rooms.ts";
import type { RoomId } from "../protocol/ids.ts";
import { ACTIONS, may } from "../protocol/permissions.ts";
import type { RoomInfo, RoomKind, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { demand, openRoom, standingIn } from "./access.ts";
import { invitesShown } from "./invites.ts";

const WITH_MEMBERS: readonly RoomKind[] = ["slug", "password", "direct"];

/**
 * A room with its people and what the viewer may do there. Strangers see the outside of public rooms; staff, who keep
 * order everywhere, see who is in a room and not what is said.
 * @throws AppError ROOM_NOT_FOUND, also for rooms without members; else of room access
 */
export async function roomDetails(
  services: Services,
  viewer: Viewer | null,
  roomId: RoomId,
): Promise<RoomDetails> {
  const { sql, rooms } = services;
  const room = openRoom(await rooms.find(roomId), services.clock());
  if (!WITH_MEMBERS.includes(room.kind)) throw new AppError("ROOM_NOT_FOUND");
  const standing = await standingIn(rooms, viewer, room);
  const { role } = standing;
  const inside = may(viewer, "read", room, standing) || may(viewer, "kick", room, standing);
  if (!viewer || !inside) {
    if (room.visibility !== "public") demand(viewer, "read", room, standing);
    return { room, role, memberCount: await countMembers(sql, roomId) };
  }
  const allowed = ACTIONS.filter((action) => may(viewer, action, room, standing));
  const [memberCount, members, bans, invites] = await Promise.all([
    countMembers(sql, roomId),
    membersOf(sql, roomId, MEMBERS_SHOWN),
    allowed.includes("ban") ? bansOf(sql, roomId) : undefined,
    allowed.includes("invite") ? invitesShown(services, viewer, room, standing) : undefined,
  ]);
  return {
    ...{ room, role, memberCount, members, settings: settingsOf(room), may: allowed },
    ...(bans && { bans }),
    ...(invites && { invites }),
  };
}

function settingsOf({ name, topic, archived, slug, visibility }: RoomInfo): SettingsView {
  return {
    name,
    topic,
    archived: archived ?? false,
    ...(slug !== undefined && { slug }),
    ...(visibility && { visibility }),
  };
}
