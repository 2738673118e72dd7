/** Rooms and people for the database's own tests. */
import type { Sql } from "../../db/client.ts";
import type { Draft } from "../../db/queries/append.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";

/** Language rooms of one lounge, which anybody may write to. */
export async function makeRooms(sql: Sql, count: number): Promise<RoomId[]> {
  const rows = await sql<{ id: RoomId }[]>`
    with lounge as (
      insert into lounges (slug, name, age_rating, position)
      values (${`quay-${crypto.randomUUID()}`}, 'The Quay', '_18PLUS', 1) returning id
    )
    insert into rooms (kind, lounge_id, language, name)
    select 'language', lounge.id, 'x-' || n, 'room ' || n from lounge, generate_series(1, ${count}::int) n returning id`;
  return rows.map((row) => row.id);
}

export async function makePeople(sql: Sql, ...names: string[]): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }[]>`
    insert into users (tier, name, age_category) select 'member', n, '_18PLUS' from unnest(${names}::text[]) n
    returning id`;
  return rows.map((row) => row.id);
}

export function draft(
  roomId: RoomId,
  authorId: UserId,
  body: string,
  clientId: string = crypto.randomUUID(),
): Draft {
  return { roomId, authorId, clientId, kind: "TEXT", body };
}
