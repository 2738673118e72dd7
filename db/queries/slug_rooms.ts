/** Slug rooms, and what can be set about rooms that have members. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Visibility } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";

export interface NewSlugRoom {
  name: string;
  slug: string;
  visibility: Visibility;
  creatorId: UserId;
}

/** With its creator as owner. `null` when the slug is taken. */
export async function createSlugRoom(
  sql: Queryable,
  { name, slug, visibility, creatorId }: NewSlugRoom,
): Promise<RoomId | null> {
  const [row] = await sql<{ id: RoomId }[]>`
    with made as (
      insert into rooms (kind, name, slug, visibility, creator_id)
      values ('slug', ${name}, ${slug}, ${visibility}, ${creatorId})
      on conflict (lower(slug)) do nothing returning id
    ), owner as (
      insert into memberships (room_id, user_id, role) select id, ${creatorId}, 'owner' from made
    )
    select id from made`;
  return row?.id ?? null;
}

export async function isSlugTaken(sql: Queryable, slug: string): Promise<boolean> {
  return (await sql`select 1 from rooms where lower(slug) = lower(${slug})`).length > 0;
}

export interface RoomChange {
  name?: string;
  topic?: string;
  visibility?: Visibility;
  slug?: string;
}

/** Changes what is given. @throws PostgresError 23505 on `rooms_slug` or `rooms_password_name` when that is taken */
export async function changeRoom(sql: Queryable, roomId: RoomId, change: RoomChange): Promise<void> {
  await sql`
    update rooms set
      name = coalesce(${change.name ?? null}, name),
      topic = coalesce(${change.topic ?? null}, topic),
      visibility = coalesce(${change.visibility ?? null}, visibility),
      slug = coalesce(${change.slug ?? null}, slug)
    where id = ${roomId}`;
}

/** @throws PostgresError 23505 when a password room is reopened whose name another one has by now */
export async function setArchived(sql: Queryable, roomId: RoomId, archived: boolean): Promise<void> {
  await sql`
    update rooms set archived_at = case when ${archived} then coalesce(archived_at, now()) end where id = ${roomId}`;
}
