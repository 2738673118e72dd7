/** Who does not want to hear from whom. */
import { avatarPath } from "../../lib/protocol/avatars.ts";
import type { BlockedPerson } from "../../lib/protocol/forms/profile.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** Somebody who can be blocked: a member or guest, by id, or a member by username. */
export async function findPerson(
  sql: Queryable,
  by: { userId: UserId } | { username: string },
): Promise<{ id: UserId } | null> {
  const match = "userId" in by ? sql`id = ${by.userId}` : sql`lower(username) = lower(${by.username})`;
  const [row] = await sql<{ id: UserId }[]>`
    select id from users where ${match} and tier in ('guest', 'member') and erased_at is null`;
  return row ?? null;
}

/** Blocking twice is blocking once. */
export async function addBlock(sql: Queryable, userId: UserId, blockedId: UserId, at: Date): Promise<void> {
  await sql`
    insert into blocks (user_id, blocked_id, created_at) values (${userId}, ${blockedId}, ${at}) on conflict do nothing`;
}

export async function removeBlock(sql: Queryable, userId: UserId, blockedId: UserId): Promise<void> {
  await sql`delete from blocks where user_id = ${userId} and blocked_id = ${blockedId}`;
}

/** Newest first. */
export async function blocksOf(sql: Queryable, userId: UserId): Promise<BlockedPerson[]> {
  const rows = await sql<BlockRow[]>`
    select u.id, u.name, u.username, u.avatar, b.created_at
    from blocks b join users u on u.id = b.blocked_id
    where b.user_id = ${userId} order by b.created_at desc, u.id`;
  return rows.map(({ id, name, username, avatar, created_at }) => ({
    id,
    name,
    ...(username !== null && { username }),
    ...(avatar !== null && { avatar: avatarPath(avatar) }),
    blockedAt: created_at.toISOString(),
  }));
}

/** Whose words this person does not want to see. */
export async function blockedIds(sql: Queryable, userId: UserId): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }[]>`
    select blocked_id as id from blocks where user_id = ${userId} order by created_at desc, blocked_id`;
  return rows.map(({ id }) => id);
}

export async function countBlocks(sql: Queryable, userId: UserId): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int from blocks where user_id = ${userId}`;
  return row!.count;
}

/** Whether either has blocked the other: then they do not reach each other. */
export async function anyBlockBetween(sql: Queryable, one: UserId, other: UserId): Promise<boolean> {
  const rows = await sql`
    select 1 from blocks
    where (user_id = ${one} and blocked_id = ${other}) or (user_id = ${other} and blocked_id = ${one})`;
  return rows.length > 0;
}

interface BlockRow {
  id: UserId;
  name: string;
  username: string | null;
  avatar: string | null;
  created_at: Date;
}
