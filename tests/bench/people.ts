/** Thousands of people at once: written by SQL as the product writes one, since nobody measures how they came. */
import type { Sql } from "../../db/client.ts";
import { signAccessToken } from "../../lib/auth/tokens.ts";
import { systemClock } from "../../lib/clock.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { BODY, openAs } from "./crowd.ts";
import type { Wire } from "./wire.ts";

export interface Bearer {
  accessToken: string;
}

/** Guests with a session each, who hold an access token of it. */
export async function makeGuests(sql: Sql, accessTokenSecret: string, count: number): Promise<Bearer[]> {
  const rows = await sql<{ id: UserId }[]>`
    insert into users (tier, name, age_category, expires_at)
    select 'guest', 'Guest ' || n, '_18PLUS', now() + interval '1 day' from generate_series(1, ${count}::int) n
    returning id`;
  return await sessionsFor(sql, accessTokenSecret, rows.map(({ id }) => id));
}

/** A session for each, and the access token that whoever signed in would hold. */
export async function sessionsFor(
  sql: Sql,
  accessTokenSecret: string,
  people: UserId[],
): Promise<Bearer[]> {
  const rows = await sql<{ id: string }[]>`
    insert into sessions (id, user_id, refresh_hash, expires_at, persistent)
    select gen_random_uuid(), id, sha256(gen_random_uuid()::text::bytea), now() + interval '1 day', true
    from unnest(${people}::bigint[]) id
    returning id`;
  return await Promise.all(
    rows.map(async ({ id }) => ({ accessToken: await signAccessToken(accessTokenSecret, id, systemClock) })),
  );
}

/** Accounts, who have no session. */
export async function makeMembers(sql: Sql, prefix: string, count: number): Promise<UserId[]> {
  const rows = await sql<{ id: UserId }[]>`
    insert into users (tier, name, username, age_category)
    select 'member', ${prefix} || n, ${prefix} || n, '_18PLUS' from generate_series(1, ${count}::int) n
    returning id`;
  return rows.map(({ id }) => id);
}

/** Language rooms, which every guest may enter, beside those that are there. */
export async function makeRooms(sql: Sql, count: number): Promise<RoomId[]> {
  const rows = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, lounge_id, language, name)
    select 'language', (select min(id) from lounges), 'en-x-bench' || n, 'Room ' || n
    from generate_series(1 + (select count(*) from rooms), ${count}::int + (select count(*) from rooms)) n
    returning id`;
  return rows.map(({ id }) => id);
}

/** Asks for a ticket and opens a socket with it, as a page does. */
export async function enter(port: number, { accessToken }: Bearer): Promise<Wire> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/auth/ws-token`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!answer.ok) throw new Error(`no ticket: ${answer.status} ${await answer.text()}`);
  const { data: { token } } = await answer.json();
  return await openAs(port, token);
}

/** Does `work` for each, so many at a time. */
export async function each<Item>(
  items: Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async () => {
    for (let index = next++; index < items.length; index = next++) await work(items[index]!, index);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** So many messages in a room where nothing was said yet, as the product would have written them. */
export async function saySomething(sql: Sql, roomId: RoomId, count: number): Promise<void> {
  await sql`
    insert into messages (room_id, seq, author_id, client_id, kind, body)
    select ${roomId}, n, (select max(id) from users), gen_random_uuid()::text, 'TEXT', ${BODY}
    from generate_series(1, ${count}::int) n`;
  await sql`update rooms set head_seq = ${count} where id = ${roomId}`;
}
