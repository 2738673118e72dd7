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
  await sql`delete from jobs where user_id = ${userId} and id <> ${jobId}`;
  const sessions = await sql<{ id: string }[]>`delete from sessions where user_id = ${userId} returning id`;
  return sessions.map(({ id }) => id);
}

/** Seqs of what they wrote in a room that readers can still see. */
export async function visibleMessages(sql: Queryable, userId: UserId, roomId: RoomId, limit: number) {
  const rows = await sql<{ seq: string }[]>`
    select seq from messages where room_id = ${roomId} and author_id = ${userId} and deleted_at is null
    order by seq limit ${limit}`;
  return rows.map(({ seq }) => Number(seq));
}

/** The words of their messages in a room: as they stand, as they stood before edits, and in the edits' own entries. */
export async function removeWords(sql: Queryable, userId: UserId, roomId: RoomId): Promise<void> {
  await sql`
    with theirs as (select seq from messages where room_id = ${roomId} and author_id = ${userId}),
    revisions as (
      delete from message_revisions v using theirs t where v.room_id = ${roomId} and v.seq = t.seq
    ), edits as (
      update room_events e set data = '{}' from theirs t
      where e.room_id = ${roomId} and e.target_seq = t.seq and e.data <> '{}'
    )
    update messages set body = '' where room_id = ${roomId} and author_id = ${userId} and body <> ''`;
}
