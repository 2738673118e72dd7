/** Messages: pages of history, edits and deletions. */
import type { MessageDeleted, MessageEdited } from "../../lib/protocol/events.ts";
import { messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import type { Message } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { storableText } from "./arrays.ts";
import { sayingWhose } from "./refused.ts";
import { type MessageRow, toMessage } from "./rows.ts";

/**
 * A page of history, oldest first. Empty for a reader who may not read the room.
 *
 * @param page.before Only messages with a smaller seq; without it the newest ones.
 */
export async function pageBefore(
  sql: Queryable,
  roomId: RoomId,
  page: { reader: UserId | null; before?: number; limit: number },
): Promise<{ messages: Message[]; hasOlder: boolean }> {
  const rows = await sql<MessageRow[]>`
    select ${columns(sql)} from messages m left join users u on u.id = m.author_id
    where m.room_id = ${roomId} and m.seq < ${page.before ?? Number.MAX_SAFE_INTEGER}
      and may_read(${roomId}, ${page.reader})
    order by m.seq desc limit ${page.limit + 1}`;
  const messages = rows.slice(0, page.limit).map(toMessage).reverse();
  return { messages, hasOlder: rows.length > page.limit };
}

/** The newest page and the room's head, as of the same moment. Head 0 where there is nothing that `reader` may read. */
export async function pageWithHead(
  sql: Queryable,
  roomId: RoomId,
  { reader, limit }: { reader: UserId | null; limit: number },
): Promise<{ headSeq: number; messages: Message[]; hasOlder: boolean }> {
  const rows = await sql<(MessageRow & { head_seq: string })[]>`
    select r.head_seq, p.* from rooms r left join lateral (
      select ${columns(sql)} from messages m left join users u on u.id = m.author_id
      where m.room_id = r.id order by m.seq desc limit ${limit + 1}
    ) p on true where r.id = ${roomId} and may_read(${roomId}, ${reader}) order by p.seq desc`;
  const found = rows.filter((row) => row.seq !== null);
  return {
    headSeq: Number(rows[0]?.head_seq ?? 0),
    messages: found.slice(0, limit).map(toMessage).reverse(),
    hasOlder: found.length > limit,
  };
}

export async function findMessage(sql: Queryable, roomId: RoomId, seq: number): Promise<Message | null> {
  const [message] = await findMessages(sql, roomId, [seq]);
  return message ?? null;
}

/** Those of `seqs` that are messages, oldest first. */
export async function findMessages(sql: Queryable, roomId: RoomId, seqs: number[]): Promise<Message[]> {
  return await messagesWhere(
    sql,
    sql`m.room_id = ${roomId} and m.seq = any (${seqs}::bigint[]) order by m.seq`,
  );
}

/** What an author sent under this id, if that has come. */
export async function findSent(
  sql: Queryable,
  { roomId, authorId, clientId }: { roomId: RoomId; authorId: UserId; clientId: string },
): Promise<Message | null> {
  const [message] = await messagesWhere(
    sql,
    sql`m.room_id = ${roomId} and m.author_id = ${authorId} and m.client_id = ${clientId}`,
  );
  return message ?? null;
}

/** @param condition on `m`, with the order that follows it */
export async function messagesWhere(sql: Queryable, condition: ReturnType<Queryable>): Promise<Message[]> {
  const rows = await sql<MessageRow[]>`
    select ${columns(sql)} from messages m left join users u on u.id = m.author_id where ${condition}`;
  return rows.map(toMessage);
}

/** `null` when there is no such message, or it is deleted. The caller has checked that the actor may. @throws Refused */
export async function editMessage(
  sql: Queryable,
  { roomId, seq, actorId, body }: { roomId: RoomId; seq: number; actorId: UserId; body: string },
): Promise<MessageEdited | null> {
  const text = storableText(body);
  const [row] = await sql<{ seq: string; at: Date }[]>`
    select seq, at from edit_message(${roomId}, ${seq}, ${actorId}, ${text})`.catch(sayingWhose);
  if (!row) return null;
  const [messageId, editedAt] = [messageIdOf(roomId, seq), row.at.toISOString()];
  return { type: "message_edited", roomId, seq: Number(row.seq), messageId, body: text, editedAt };
}

/**
 * `null` when there is no such message, or it is deleted already. The caller has checked that the actor may; without one
 * it is the house that takes it away.
 * @throws Refused
 */
export async function deleteMessage(
  sql: Queryable,
  { roomId, seq, actorId }: { roomId: RoomId; seq: number; actorId: UserId | null },
): Promise<MessageDeleted | null> {
  const [row] = await sql<{ seq: string; at: Date }[]>`
    select seq, at from delete_message(${roomId}, ${seq}, ${actorId})`.catch(sayingWhose);
  if (!row) return null;
  const [messageId, deletedAt] = [messageIdOf(roomId, seq), row.at.toISOString()];
  return { type: "message_deleted", roomId, seq: Number(row.seq), messageId, deletedAt };
}

/** The words of a deleted message never leave the database. */
function columns(sql: Queryable) {
  return sql`m.room_id, m.seq, m.client_id, m.kind, m.author_id, u.name as author_name,
    u.username as author_username, u.avatar as author_avatar, m.reply_to_seq,
    case when m.deleted_at is null then m.body else '' end as body,
    case when m.deleted_at is null then m.attachments end as attachments,
    reactions_of(m.room_id, m.seq) as reactions,
    case when strpos(m.body, '://') > 0 then previews_of(m.room_id, m.seq) end as previews,
    (select p.pinned_at from pins p where p.room_id = m.room_id and p.seq = m.seq) as pinned_at, m.created_at, m.edited_at, m.deleted_at`;
}
