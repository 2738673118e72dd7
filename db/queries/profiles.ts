/** What people say of themselves. */
import { avatarPath } from "../../lib/protocol/avatars.ts";
import type { OwnProfile, PublicProfile } from "../../lib/protocol/forms/profile.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import type { AgeRating } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";

export async function findOwnProfile(sql: Queryable, userId: UserId): Promise<OwnProfile | null> {
  const [row] = await sql<ProfileRow[]>`
    select name, username, bio, languages, age_category, birth_year, avatar from users where id = ${userId}`;
  return row ? toOwnProfile(row) : null;
}

export interface ProfileChange {
  name?: string;
  username?: string;
  bio?: string;
  languages?: string[];
  ageCategory?: AgeRating;
  birthYear?: number;
}

/** Changes what is given. A birth year that is known stays. @throws PostgresError 23505 when the username is taken */
export async function changeProfile(
  sql: Queryable,
  userId: UserId,
  change: ProfileChange,
): Promise<OwnProfile | null> {
  const [row] = await sql<ProfileRow[]>`
    update users set
      name = coalesce(${change.name ?? null}, name),
      username = coalesce(${change.username ?? null}, username),
      bio = coalesce(${change.bio ?? null}, bio),
      languages = coalesce(${change.languages ?? null}::text[], languages),
      age_category = coalesce(${change.ageCategory ?? null}, age_category),
      birth_year = coalesce(birth_year, ${change.birthYear ?? null})
    where id = ${userId}
    returning name, username, bio, languages, age_category, birth_year, avatar`;
  return row ? toOwnProfile(row) : null;
}

/** A member by username, whatever its case, as `viewerId` may see them. */
export async function findPublicProfile(
  sql: Queryable,
  username: string,
  viewerId: UserId | null,
): Promise<PublicProfile | null> {
  const [row] = await sql<PublicRow[]>`
    select u.id, u.username, u.name, u.bio, u.languages, u.avatar, u.created_at,
      exists (select 1 from blocks b where b.user_id = ${viewerId}::bigint and b.blocked_id = u.id) as blocked
    from users u where lower(u.username) = lower(${username}) and u.tier = 'member' and u.erased_at is null`;
  if (!row) return null;
  const { id, username: spelt, name, bio, languages, blocked } = row;
  return {
    id,
    username: spelt,
    name,
    bio,
    languages,
    blocked,
    joinedAt: row.created_at.toISOString(),
    ...pictureOf(row),
  };
}

/** Names another picture, or none. @returns the key of the one before, if there was one */
export async function replaceAvatar(
  sql: Queryable,
  userId: UserId,
  key: string | null,
): Promise<string | null> {
  const [row] = await sql<{ before: string | null }[]>`
    with old as (select id, avatar from users where id = ${userId} for update)
    update users u set avatar = ${key} from old where u.id = old.id returning old.avatar as before`;
  return row?.before ?? null;
}

interface ProfileRow {
  name: string;
  username: string | null;
  bio: string;
  languages: string[];
  age_category: AgeRating;
  birth_year: number | null;
  avatar: string | null;
}

interface PublicRow extends Pick<ProfileRow, "name" | "bio" | "languages" | "avatar"> {
  id: UserId;
  username: string;
  created_at: Date;
  blocked: boolean;
}

function toOwnProfile(row: ProfileRow): OwnProfile {
  const { name, username, bio, languages } = row;
  return {
    name,
    username,
    bio,
    languages,
    ageCategory: row.age_category,
    birthYear: row.birth_year,
    ...pictureOf(row),
  };
}

function pictureOf({ avatar }: { avatar: string | null }): { avatar?: string } {
  return avatar === null ? {} : { avatar: avatarPath(avatar) };
}
