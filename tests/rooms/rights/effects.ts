/** Whether what was answered is so: the state of a room before and after. */
import type { RoomId } from "../../../lib/protocol/ids.ts";
import type { Sql } from "../../../db/client.ts";
import type { Stage } from "./rooms.ts";
import type { Visitor, Wanted } from "./vocabulary.ts";

/** Who is what, and what the room is; words are left out, for members may speak. */
export async function stateOf(sql: Sql, id: RoomId): Promise<string> {
  const [members, bans, room] = await Promise.all([
    sql`select user_id, role, left_at is null as inside, kicked from memberships where room_id = ${id} order by user_id`,
    sql`select user_id, lifted_at is null as held from room_bans where room_id = ${id} order by user_id`,
    sql`select name, topic, slug, visibility, archived_at is null as open, closed_at is null as there from rooms
      where id = ${id}`,
  ]);
  return JSON.stringify({ members, bans, room });
}

interface Standing {
  role: string | null;
  banned: boolean;
}

async function standing(sql: Sql, id: RoomId, userId: string | undefined): Promise<Standing> {
  const [row] = await sql<Standing[]>`
    select (select role from memberships where room_id = ${id} and user_id = ${
    userId ?? "0"
  } and left_at is null) as role,
      is_banned(${id}, ${userId ?? "0"}) as banned`;
  return row!;
}

/** What each change leaves behind. A wish that is missing here changes nothing that a room is. */
export const EFFECTS: Partial<
  Record<Wanted, (sql: Sql, stage: Stage, visitor: Visitor) => Promise<boolean>>
> = {
  kick: async (sql, { id, victim }) => (await standing(sql, id, victim.id)).role === null,
  "kick-moderator": async (sql, { id, deputy }) => (await standing(sql, id, deputy.id)).role === null,
  ban: async (sql, { id, victim }) => (await standing(sql, id, victim.id)).banned,
  "ban-moderator": async (sql, { id, deputy }) => (await standing(sql, id, deputy.id)).banned,
  unban: async (sql, { id, outcast }) => !(await standing(sql, id, outcast.id)).banned,
  promote: async (sql, { id, victim }) => (await standing(sql, id, victim.id)).role === "moderator",
  demote: async (sql, { id, deputy }) => (await standing(sql, id, deputy.id)).role === "member",
  "hand-over": async (sql, { id, victim }) => (await standing(sql, id, victim.id)).role === "owner",
  leave: async (sql, { id, visitors }, visitor) =>
    (await standing(sql, id, visitors.get(visitor)?.id)).role === null,
  // A ghost room is entered as somebody new.
  join: async (sql, { id, visitors, ghost }, visitor) =>
    ghost !== undefined || (await standing(sql, id, visitors.get(visitor)?.id)).role === "member",
  "join-bare": async (sql, { id, visitors }, visitor) =>
    (await standing(sql, id, visitors.get(visitor)?.id)).role === "member",
  settings: async (sql, { id }) =>
    (await sql`select 1 from rooms where id = ${id} and topic <> ''`).length === 1,
  archive: async (sql, { id, case: name }) =>
    (await sql`select 1 from rooms where id = ${id} and (archived_at is null) = ${name === "archived_slug"}`)
      .length === 1,
  close: async (sql, { id }) =>
    (await sql`select 1 from rooms where id = ${id} and closed_at is null`).length === 0,
};
