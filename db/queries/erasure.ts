/** Taking a person out of the database. Each step may be done again. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Queryable } from "../client.ts";

/** Leaves a row without a person, so that what others see still has an author. False when that was done before. */
export async function anonymise(sql: Queryable, userId: UserId, { name, at }: { name: string; at: Date }) {
  const done = await sql`
    update users set name = ${name}, username = null, email = null, phone_sealed = null, phone_index = null,
      password_hash = null, birth_year = null, bio = '', languages = '{}', avatar = null, totp_sealed = null,
      totp_confirmed_at = null, totp_last_step = 0, role = 'USER', age_category = '_18PLUS', erased_at = ${at}
    where id = ${userId} and erased_at is null`;
  return done.count === 1;
}

/** What hung on the account. Their exports' rows go too; the erasure's own stays. @returns the ended sessions. */
export async function removeBelongings(sql: Queryable, userId: UserId, jobId: string): Promise<string[]> {
  await sql`delete from recovery_codes where user_id = ${userId}`;
  await sql`delete from passkeys where user_id = ${userId}`;
  await sql`delete from blocks where user_id = ${userId} or blocked_id = ${userId}`;
  await sql`delete from read_pointers where user_id = ${userId}`;
  await sql`delete from mentions where user_id = ${userId}`;
  await sql`delete from push_subscriptions where user_id = ${userId}`;
  await sql`delete from room_levels where user_id = ${userId}`;
  await sql`delete from notification_settings where user_id = ${userId}`;
  await sql`delete from room_invites where created_by = ${userId}`;
  await sql`delete from room_bans where user_id = ${userId}`;
  await sql`update rooms set creator_id = null where creator_id = ${userId}`;
  await sql`delete from jobs where user_id = ${userId} and id <> ${jobId}`;
  const sessions = await sql<{ id: string }[]>`delete from sessions where user_id = ${userId} returning id`;
  return sessions.map(({ id }) => id);
}

/** Rooms in which something of them may stand: where they wrote, and where they are or were members. */
export async function roomsKnownTo(sql: Queryable, userId: UserId): Promise<RoomId[]> {
  const rows = await sql<{ id: RoomId }[]>`
    select r.id from rooms r
    where exists (select from messages m where m.room_id = r.id and m.author_id = ${userId})
      or exists (select from memberships m where m.room_id = r.id and m.user_id = ${userId})
    order by r.id`;
  return rows.map(({ id }) => id);
}

/** Seqs of what they wrote in a room, or the house said of them, that readers can still see. */
export async function visibleMessages(sql: Queryable, userId: UserId, roomId: RoomId, limit: number) {
  const rows = await sql<{ seq: string }[]>`
    select seq from messages m where room_id = ${roomId} and ${theirs(sql, userId)} and deleted_at is null
    order by seq limit ${limit}`;
  return rows.map(({ seq }) => Number(seq));
}

/** The words of these messages: as they stand, as they stood before edits, and in the edits' own entries. */
export async function removeWords(sql: Queryable, userId: UserId, roomId: RoomId): Promise<void> {
  await sql`
    with theirs as (select seq from messages m where room_id = ${roomId} and ${theirs(sql, userId)}),
    revisions as (
      delete from message_revisions v using theirs t where v.room_id = ${roomId} and v.seq = t.seq
    ), edits as (
      update room_events e set data = '{}' from theirs t
      where e.room_id = ${roomId} and e.target_seq = t.seq and e.data <> '{}'
    )
    update messages m set body = '', attachments = null where room_id = ${roomId} and ${
    theirs(sql, userId)
  } and (body <> '' or attachments is not null)`;
}

/** What the house says names people, and keeps whom in its `client_id`: `house:<id>,<id>:…`. */
function theirs(sql: Queryable, userId: UserId) {
  return sql`(m.author_id = ${userId} or m.author_id is null and m.client_id like 'house:%'
    and ${userId} = any (string_to_array(split_part(m.client_id, ':', 2), ',')))`;
}
