/** Messages by the million, as if many rooms had talked at the same time: a room's own lie scattered among the others'. */
import type { Sql } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { seedLounges } from "../../db/seed.ts";

export const SHARED_ROOMS = 100;
/** Of all messages, in a room: two in five are in the one, the rest is shared evenly. */
export const HEAD_SHARES = { "one room": 2 / 5, "many rooms": 3 / 5 / SHARED_ROOMS } as const;

const AUTHORS = 5_000;
const CHUNK = 1_000_000;

/** @param total a multiple of 500, so that all shares are whole */
export async function seedHistory(sql: Sql, total: number): Promise<void> {
  await migrate(sql);
  await seedLounges(sql);
  await sql`
    insert into users (tier, name, username, age_category)
    select 'member', 'Person ' || n, 'person_' || n, '_18PLUS' from generate_series(1, ${AUTHORS}::int) n`;
  await sql`
    insert into rooms (kind, lounge_id, language, name)
    select 'language', (select min(id) from lounges), 'en-x-past' || n, 'Past ' || n
    from generate_series(0, ${SHARED_ROOMS}::int) n`;
  for (let done = 0; done < total; done += CHUNK) await say(sql, done, Math.min(total, done + CHUNK), total);
  await sql`
    update rooms r set head_seq = h.head
    from (select room_id, max(seq) as head from messages group by 1) h where h.room_id = r.id`;
  // The search's index is none of this, and would be busy with so much for an hour.
  await sql`insert into search_rooms (room_id, indexed_seq) select id, head_seq from rooms where head_seq > 0`;
  await sql`vacuum analyze messages`;
  await sql`analyze`;
  // Else what was written here is still being brought to the disk while pages are measured.
  await sql`checkpoint`;
}

/** Messages `from` to `to` of all, by time: of five in a row two are of the one room. */
async function say(sql: Sql, from: number, to: number, total: number): Promise<void> {
  await sql`
    insert into messages (room_id, seq, author_id, client_id, kind, body, created_at)
    select r.id, n.seq, 1 + (n.i * 7) % ${AUTHORS}::int, lpad(n.i::text, 36, '0'), 'TEXT',
      'This is about as long as what people say to each other in a room, number ' || n.i,
      now() - interval '1 year' * (1 - n.i::float8 / ${total}::int)
    from (
      select i,
        case when i % 5 < 2 then 0 else 1 + (3 * (i / 5) + i % 5 - 2) % ${SHARED_ROOMS}::int end as room,
        case when i % 5 < 2 then 2 * (i / 5) + i % 5 + 1
          else (3 * (i / 5) + i % 5 - 2) / ${SHARED_ROOMS}::int + 1 end as seq
      from generate_series(${from}::bigint, ${to - 1}::bigint) i
    ) n join rooms r on r.language = 'en-x-past' || n.room
    order by n.i`;
}
