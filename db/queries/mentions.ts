/** Whom messages name. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/**
 * Those of these usernames that a message of `authorId` in this room may name: people who can be there, whom neither
 * side has blocked, and not oneself.
 */
export async function findMentionable(
  sql: Queryable,
  { roomId, authorId, usernames }: { roomId: RoomId; authorId: UserId; usernames: string[] },
): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }[]>`
    select u.id from users u join rooms r on r.id = ${roomId}
    where lower(u.username) = any (${usernames}::text[]) and u.erased_at is null and u.id <> ${authorId}
      and (not r.members_only or exists (
        select from memberships m where m.room_id = r.id and m.user_id = u.id and m.left_at is null))
      and not exists (
        select from blocks b where (b.user_id = u.id and b.blocked_id = ${authorId})
          or (b.user_id = ${authorId} and b.blocked_id = u.id))
    order by u.id`;
  return rows.map(({ id }) => id);
}
