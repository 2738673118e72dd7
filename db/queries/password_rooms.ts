/** Rooms that are entered by name and password. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

export async function findPasswordRoom(
  sql: Queryable,
  name: string,
): Promise<{ id: RoomId; passwordHash: string } | null> {
  const [row] = await sql<{ id: RoomId; password_hash: string }[]>`
    select id, password_hash from rooms
    where kind = 'password' and lower(name) = lower(${name}) and archived_at is null and closed_at is null`;
  return row ? { id: row.id, passwordHash: row.password_hash } : null;
}

/** `null` when somebody else was quicker: the name is taken by a room with a password of its own. */
export async function createPasswordRoom(
  sql: Queryable,
  { name, passwordHash, creatorId }: { name: string; passwordHash: string; creatorId: UserId },
): Promise<RoomId | null> {
  const [row] = await sql<{ id: RoomId }[]>`
    with made as (
      insert into rooms (kind, name, password_hash, creator_id)
      values ('password', ${name}, ${passwordHash}, ${creatorId}) on conflict do nothing returning id
    ), owner as (
      insert into memberships (room_id, user_id, role) select id, ${creatorId}, 'owner' from made
    )
    select id from made`;
  return row?.id ?? null;
}
