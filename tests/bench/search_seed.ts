/** A million messages as people might have left them: the seed's own sentences, taken apart and put together anew. */
import type { Sql } from "../../db/client.ts";
import { seedLounges } from "../../db/seed.ts";
import { TALK } from "../../db/seed/talk.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";

const SLUG_ROOMS = 2_000;
const AUTHORS = 5_000;
/** Rooms that the asker is a member of, beside the lounges that are open to everybody. */
const MEMBER_OF = 40;
const ROWS = 10_000;
const YEAR = 365 * 24 * 3600_000;

/** Words that were put among the others, and in how many of a million messages each stands. */
export const PLANTED = { zephyrine: 1, marigold: 1_000, bonfire: 100_000, evening: 300_000 } as const;

export interface Crowd {
  /** Who will ask. */
  asker: UserId;
  /** Somebody who said a good deal. */
  author: string;
  /** A slug room that the asker is in. */
  slug: string;
}

interface Room {
  id: RoomId;
  language: string;
  head: number;
}

/** Always the same (mulberry32): runs can be compared. */
function generator(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws from 0 … n − 1, the k-th with a weight of 1/(k + 1). */
function zipf(n: number, random: () => number): () => number {
  const sums = new Float64Array(n);
  let sum = 0;
  for (let k = 0; k < n; k++) sums[k] = sum += 1 / (k + 1);
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, n - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Language → pieces of sentences. */
function piecesOf(): Map<string, string[]> {
  return new Map(
    Object.entries(TALK).map(([language, { rooms }]) => {
      const lines = Object.values(rooms).flatMap(({ conversations }) => conversations.flat());
      const pieces = lines.flatMap(([, body]) => body.match(/[^.!?。！？،,，、]+[.!?。！？،,，、]*/gu) ?? []);
      return [language, pieces.map((piece) => piece.trim()).filter((piece) => piece !== "")];
    }),
  );
}

function speaker(random: () => number, total: number): (language: string) => string {
  const pieces = piecesOf();
  const rare = Math.floor(random() * total);
  let count = 0;
  return (language) => {
    const own = pieces.get(language)!;
    const said = Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => own[Math.floor(random() * own.length)]!,
    );
    for (const [word, times] of Object.entries(PLANTED)) {
      if (times > 1 && random() < times / 1_000_000) said.splice(Math.floor(random() * said.length), 0, word);
    }
    if (count++ === rare) said.push("zephyrine");
    if (random() < 0.03) said.push(`https://example.org/${Math.floor(random() * 1e6).toString(36)}`);
    if (random() < 0.05) said.push(`@person_${Math.floor(random() * AUTHORS)}`);
    return said.join(" ").slice(0, 2000);
  };
}

/** Fills an empty, migrated database. The last message is a minute old. */
export async function seedMessages(sql: Sql, total: number): Promise<Crowd> {
  const random = generator(20_261_101);
  await seedLounges(sql);
  const authors = await sql<{ id: UserId }[]>`
    insert into users (tier, name, username, age_category)
    select 'member', 'Person ' || n, 'person_' || n, '_18PLUS' from generate_series(0, ${
    AUTHORS - 1
  }::int) n returning id`;
  const rooms = await makeRooms(sql, random);
  const [room, author] = [zipf(rooms.length, random), zipf(authors.length, random)];
  const say = speaker(random, total);
  const end = Date.now() - 60_000;
  for (let done = 0; done < total; done += ROWS) {
    const rows = Array.from({ length: Math.min(ROWS, total - done) }, (_, index) => {
      const place = rooms[room()]!;
      return {
        room: place.id,
        seq: ++place.head,
        author: authors[author()]!.id,
        body: say(place.language),
        at: new Date(end - YEAR * (1 - (done + index + 1) / total)).toISOString(),
      };
    });
    await sql`
      insert into messages (room_id, seq, author_id, client_id, kind, body, created_at)
      select room, seq, author, 'bench-' || seq, 'TEXT', body, at from unnest(
        ${rows.map(({ room }) => room)}::bigint[], ${rows.map(({ seq }) => seq)}::bigint[],
        ${rows.map(({ author }) => author)}::bigint[], ${rows.map(({ body }) => body)}::text[],
        ${rows.map(({ at }) => at)}::timestamptz[]) as r (room, seq, author, body, at)`;
  }
  await sql`
    update rooms r set head_seq = h.head
    from unnest(${rooms.map(({ id }) => id)}::bigint[], ${
    rooms.map(({ head }) => head)
  }::bigint[]) as h (id, head)
    where r.id = h.id`;
  await sql`analyze`;
  return await takePlaces(sql, rooms.length);
}

async function makeRooms(sql: Sql, random: () => number): Promise<Room[]> {
  const language = await sql<{ id: RoomId; language: string }[]>`
    select id, language from rooms where kind = 'language' order by id`;
  const slug = await sql<{ id: RoomId }[]>`
    insert into rooms (kind, name, slug, visibility)
    select 'slug', 'Room ' || n, 'room-' || n, 'public' from generate_series(1, ${SLUG_ROOMS}::int) n returning id`;
  const tags = Object.keys(TALK);
  return [
    // The busiest are not all of one lounge.
    ...language.toSorted((a, b) =>
      a.language === b.language ? Number(a.id) - Number(b.id) : a.language < b.language ? 1 : -1
    ),
    ...slug.map(({ id }) => ({
      id,
      // Such rooms name no language; most of them speak English.
      language: random() < 0.6 ? "en" : tags[Math.floor(random() * tags.length)]!,
    })),
  ].toSorted((a, b) => Number(a.id) - Number(b.id)).map((room) => ({ ...room, head: 0 }));
}

async function takePlaces(sql: Sql, rooms: number): Promise<Crowd> {
  const [asker] = await sql<{ id: UserId }[]>`
    insert into users (tier, name, username, age_category) values ('member', 'Asker', 'asker', '_18PLUS') returning id`;
  const step = Math.floor(rooms / MEMBER_OF);
  await sql`
    insert into memberships (room_id, user_id)
    select id, ${asker!.id} from rooms where kind = 'slug' and id % ${step} = 0`;
  const [room] = await sql<{ slug: string }[]>`
    select r.slug from rooms r join memberships m on m.room_id = r.id and m.user_id = ${asker!.id}
    order by r.head_seq desc limit 1`;
  return { asker: asker!.id, author: "person_12", slug: room!.slug };
}
