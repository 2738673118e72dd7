/** Members: what they sign in with. */
import type { UserId } from "../../lib/protocol/ids.ts";
import type { AgeRating, Role, Viewer } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { toViewer, type ViewerRow } from "./users.ts";

export interface StoredAccount {
  viewer: Viewer;
  email: string | null;
  passwordHash: string | null;
}

export function findByEmail(sql: Queryable, email: string): Promise<StoredAccount | null> {
  return find(sql, sql`lower(email) = ${email}`);
}

export function findByPhone(sql: Queryable, index: Uint8Array): Promise<StoredAccount | null> {
  return find(sql, sql`phone_index = ${index}`);
}

export function findAccount(sql: Queryable, id: UserId): Promise<StoredAccount | null> {
  return find(sql, sql`id = ${id}`);
}

async function find(sql: Queryable, condition: ReturnType<Queryable>): Promise<StoredAccount | null> {
  const [row] = await sql<(ViewerRow & { email: string | null; password_hash: string | null })[]>`
    select id, name, tier, age_category, role, username, avatar, home_room, email, password_hash from users
    where ${condition} and tier = 'member' and erased_at is null`;
  return row ? { viewer: toViewer(row), email: row.email, passwordHash: row.password_hash } : null;
}

export async function isUsernameTaken(sql: Queryable, username: string): Promise<boolean> {
  const [row] = await sql`select 1 from users where lower(username) = lower(${username})`;
  return row !== undefined;
}

export interface NewMember {
  username: string;
  name: string;
  ageCategory: AgeRating;
  passwordHash: string;
  birthYear?: number;
}

/** @throws PostgresError 23505 (users_username) */
export async function createMember(sql: Queryable, member: NewMember): Promise<UserId> {
  const [row] = await sql<{ id: UserId }[]>`
    insert into users (tier, name, age_category, username, password_hash, birth_year)
    values ('member', ${member.name}, ${member.ageCategory}, ${member.username}, ${member.passwordHash},
      ${member.birthYear ?? null})
    returning id`;
  return row!.id;
}

/**
 * Makes a guest a member in place: what they wrote, whom they blocked and how they are called stay theirs. False when
 * their day is over, or they are a member already.
 * @throws PostgresError 23505 (users_username)
 */
export async function promoteGuest(
  sql: Queryable,
  id: UserId,
  member: Pick<NewMember, "username" | "passwordHash" | "birthYear">,
  at: Date,
): Promise<boolean> {
  const promoted = await sql`
    update users set tier = 'member', expires_at = null, username = ${member.username},
      password_hash = ${member.passwordHash}, birth_year = ${member.birthYear ?? null}
    where id = ${id} and tier = 'guest' and (expires_at is null or expires_at > ${at})`;
  return promoted.count === 1;
}

/** @throws PostgresError 23505 (users_email) */
export async function setEmail(sql: Queryable, id: UserId, email: string): Promise<void> {
  await sql`update users set email = ${email} where id = ${id}`;
}

/** @throws PostgresError 23505 (users_phone) */
export async function setPhone(
  sql: Queryable,
  id: UserId,
  phone: { sealed: Uint8Array; index: Uint8Array },
): Promise<void> {
  await sql`update users set phone_sealed = ${phone.sealed}, phone_index = ${phone.index} where id = ${id}`;
}

export async function setPassword(sql: Queryable, id: UserId, hash: string): Promise<void> {
  await sql`update users set password_hash = ${hash} where id = ${id}`;
}

export async function setRole(sql: Queryable, id: UserId, role: Role): Promise<void> {
  await sql`update users set role = ${role} where id = ${id}`;
}

export interface AccountDetails {
  email: string | null;
  phoneSealed: Uint8Array | null;
  birthYear: number | null;
  bio: string;
  languages: string[];
  createdAt: Date;
  totp: boolean;
}

export async function findAccountDetails(sql: Queryable, id: UserId): Promise<AccountDetails | null> {
  const [row] = await sql<AccountDetails[]>`
    select email, phone_sealed as "phoneSealed", birth_year as "birthYear", bio, languages,
      created_at as "createdAt", totp_confirmed_at is not null as totp
    from users where id = ${id}`;
  return row ?? null;
}
