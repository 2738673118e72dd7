/** Names that pages need for those whom messages name. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** @param usernames in small letters */
export async function namesByUsername(
  sql: Queryable,
  usernames: string[],
): Promise<{ username: string; name: string }[]> {
  return await sql<{ username: string; name: string }[]>`
    select lower(username) as username, name from users
    where lower(username) = any (${usernames}::text[]) and erased_at is null`;
}

export async function namesOf(sql: Queryable, ids: UserId[]): Promise<{ id: UserId; name: string }[]> {
  return await sql<{ id: UserId; name: string }[]>`
    select id, name from users where id = any (${ids}::bigint[]) and erased_at is null`;
}

/** Public rooms that are open, by slug. */
export async function publicRoomsNamed(
  sql: Queryable,
  slugs: string[],
): Promise<{ slug: string; name: string }[]> {
  return await sql<{ slug: string; name: string }[]>`
    select slug, name from rooms where kind = 'slug' and slug = any (${slugs}::text[])
      and visibility = 'public' and closed_at is null`;
}
