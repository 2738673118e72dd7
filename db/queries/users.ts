/** People, as the rest of the program may know them. */
import { avatarPath } from "../../lib/protocol/avatars.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { AgeRating, Role, Tier, Viewer } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";

export async function createGuest(
  sql: Queryable,
  guest: { name: string; ageCategory: AgeRating; expiresAt: Date },
): Promise<Viewer> {
  const [row] = await sql<ViewerRow[]>`
    insert into users (tier, name, age_category, expires_at)
    values ('guest', ${guest.name}, ${guest.ageCategory}, ${guest.expiresAt})
    returning id, name, tier, age_category, role, username, avatar, home_room`;
  return toViewer(row!);
}

/**
 * `null` for nobody, for a guest whose time is over, for an account that was erased, and for ghosts, who exist in their
 * room alone.
 */
export async function findUser(sql: Queryable, id: UserId): Promise<Viewer | null> {
  const [row] = await sql<ViewerRow[]>`
    select id, name, tier, age_category, role, username, avatar, home_room from users
    where id = ${id} and tier in ('guest', 'member') and erased_at is null
      and (expires_at is null or expires_at > now())`;
  return row ? toViewer(row) : null;
}

export interface ViewerRow {
  id: UserId;
  name: string;
  tier: Tier;
  age_category: AgeRating;
  role: Role;
  username: string | null;
  avatar: string | null;
  /** A ghost's only room. */
  home_room: RoomId | null;
}

export function toViewer(row: ViewerRow): Viewer {
  return {
    id: row.id,
    name: row.name,
    tier: row.tier,
    ageCategory: row.age_category,
    role: row.role,
    ...(row.username !== null && { username: row.username }),
    ...(row.avatar !== null && { avatar: avatarPath(row.avatar) }),
    ...(row.home_room !== null && { room: row.home_room }),
  };
}
