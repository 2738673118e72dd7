/**
 * What both peers share: the database, the right to a room, the limit on sends. Written as such programs are, with what
 * makes them fast and does not change what they are:
 *
 * - the product's own Postgres, its rooms and bans, and a table of messages with the same columns and indexes as the
 *   product's, but without its triggers; the numbers of messages come from one sequence, without a lock on the room;
 * - a pool of connections, each statement prepared once a connection; one insert a message;
 * - the right to a room is looked up once, when somebody joins, and remembered on the socket: it costs a send nothing;
 * - who somebody is stands in the address and is believed: the product checks a ticket there;
 * - no event log, no retries found out, no catching up, no other process told (but through Redis, for Socket.IO).
 *
 * A join may ask not to be sent what is said in the room, so that senders cost every contestant the same.
 */
import pg from "pg";

/** A send takes one; more come with time. */
const SENDS_A_SECOND = 1_000_000;
const SENDS_AT_ONCE = 1_000_000;

export class Refusal extends Error {}

/** @param table of its own */
export async function openRooms(databaseUrl, table, connections) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections, min: connections });
  await pool.query(`drop table if exists ${table}`);
  await pool.query(`drop sequence if exists ${table}_seq`);
  await pool.query(`create sequence ${table}_seq`);
  await pool.query(`create table ${table} (like messages including all)`);
  await pool.query(`alter table ${table} alter seq set default nextval('${table}_seq')`);
  const right = {
    name: "right",
    text: `select 1 from rooms r where r.id = $1 and r.archived_at is null
      and not exists (select from room_bans b where b.room_id = r.id and b.user_id = $2)`,
  };
  const insert = {
    name: "insert",
    text: `insert into ${table} (room_id, author_id, client_id, kind, body) values ($1, $2, $3, 'TEXT', $4)
      returning seq, created_at`,
  };
  const buckets = new Map();

  function spend(user) {
    const now = Date.now();
    const bucket = buckets.get(user.id) ?? { left: SENDS_AT_ONCE, at: now };
    bucket.left = Math.min(SENDS_AT_ONCE, bucket.left + (now - bucket.at) / 1000 * SENDS_A_SECOND) - 1;
    bucket.at = now;
    buckets.set(user.id, bucket);
    if (bucket.left < 0) throw new Refusal("too fast");
  }

  return {
    async checkRight(user, roomId) {
      const { rowCount } = await pool.query({ ...right, values: [roomId, user.id] });
      if (rowCount === 0) throw new Refusal("no such room");
    },

    /** Keeps a message. @param joined the rooms that this socket has joined */
    async keep(user, joined, { roomId, clientId, body }) {
      if (!joined.has(roomId)) throw new Refusal("join first");
      if (typeof body !== "string" || body.length === 0 || body.length > 4000) throw new Refusal("no body");
      spend(user);
      const { rows } = await pool.query({ ...insert, values: [roomId, user.id, clientId, body] });
      const [{ seq, created_at: createdAt }] = rows;
      const id = `${roomId}-${seq}`;
      return { id, seq: Number(seq), clientId, kind: "TEXT", body, author: user, createdAt, attachments: [] };
    },
  };
}

/** @param query of an address */
export function userOf(query) {
  const id = query.get("user");
  return { id, name: `Guest ${id}` };
}
