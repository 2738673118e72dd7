/** Which messages lead where, and what is shown of it under them. Times are the caller's clock, so that tests can move it. */
import type { MessagePreviews } from "../../lib/protocol/events.ts";
import { messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import type { Queryable, Sql } from "../client.ts";
import { sayingWhose } from "./refused.ts";
import { type ShownPreview, toLinkPreview } from "./rows.ts";

/** What may be shown: it was found, still stands at `now`, and the message was written after `since`. */
export interface PreviewTimes {
  now: Date;
  since: Date;
}

export interface LinksSaid {
  roomId: RoomId;
  seq: number;
  /** The words that hold these links; when the message says something else by now, nothing is done. */
  body: string;
  /** SHA-256 of each address, in the order of the links. */
  hashes: Uint8Array[];
}

/**
 * Writes down which links a message has, in place of those it had, and shows what is known of them already.
 * @returns `null` when nothing was noted: no links and none before, other words, no such message, a room that is over or
 * encrypted. `event` when the message shows something else now.
 */
export async function noteLinks(
  sql: Queryable,
  { roomId, seq, body, hashes }: LinksSaid,
  { now, since }: PreviewTimes,
): Promise<{ author: UserId | null; event?: MessagePreviews } | null> {
  const [row] = await sql<(NullableLogged & { author: UserId | null })[]>`
    select author, seq, at, previews from note_links(${roomId}, ${seq}, ${body}, ${
    hashes.map(toText)
  }::text[]::bytea[], ${now}, ${since})`;
  if (!row) return null;
  return {
    author: row.author,
    ...(row.seq !== null && { event: toPreviewsEvent(roomId, seq, row as Logged) }),
  };
}

/** Rooms with messages that wait for what stands behind an address. */
export async function roomsAwaiting(sql: Queryable, urlHash: Uint8Array, since: Date): Promise<RoomId[]> {
  const rows = await sql<{ room_id: RoomId }[]>`
    select distinct room_id from message_links
    where url_hash = ${urlHash} and preview is null and not hidden and noted_at > ${since}`;
  return rows.map(({ room_id: roomId }) => roomId);
}

/** Shows what was found to up to `limit` messages of a room that wait for it. */
export async function showPreview(
  sql: Queryable,
  { roomId, urlHash, limit }: { roomId: RoomId; urlHash: Uint8Array; limit: number },
  { now, since }: PreviewTimes,
): Promise<MessagePreviews[]> {
  const rows = await sql<(Logged & { target: string })[]>`
    select target, seq, at, previews from show_preview(${roomId}, ${urlHash}, ${now}, ${since}, ${limit})`;
  return rows.map((row) => toPreviewsEvent(roomId, Number(row.target), row));
}

/** Takes the previews off a message for good. `null` when it showed none. The caller has checked that the actor may. @throws Refused */
export async function hidePreviews(
  sql: Queryable,
  { roomId, seq, actorId }: { roomId: RoomId; seq: number; actorId: UserId },
): Promise<MessagePreviews | null> {
  const [row] = await sql<Logged[]>`
    select seq, at, previews from hide_previews(${roomId}, ${seq}, ${actorId})`.catch(sayingWhose);
  return row ? toPreviewsEvent(roomId, seq, row) : null;
}

/**
 * Forgets up to `limit` links of a room that goes, and what is known of addresses that nobody else has named.
 * @returns how many links there were
 */
export async function forgetLinks(sql: Sql, roomId: RoomId, limit: number): Promise<number> {
  return await sql.begin(async (sql) => {
    const gone = await sql<{ hash: Uint8Array }[]>`
      delete from message_links
      where ctid = any (array(select ctid from message_links where room_id = ${roomId} limit ${limit}))
      returning url_hash as hash`;
    if (gone.length === 0) return 0;
    await sql`
      with forgotten as (
        delete from link_previews p where p.url_hash = any (${
      gone.map(({ hash }) => toText(hash))
    }::text[]::bytea[])
          and not exists (select from message_links l where l.url_hash = p.url_hash)
        returning image
      )
      insert into let_go_pictures (key) select image from forgotten where image is not null`;
    return gone.length;
  });
}

/** Lists of bytes travel as Postgres writes them: postgres.js knows none. */
function toText(bytes: Uint8Array): string {
  return `\\x${bytes.toHex()}`;
}

interface Logged {
  seq: string;
  at: Date;
  previews: ShownPreview[];
}

type NullableLogged = { [Name in keyof Logged]: Logged[Name] | null };

function toPreviewsEvent(roomId: RoomId, target: number, { seq, at, previews }: Logged): MessagePreviews {
  return {
    type: "message_previews",
    roomId,
    seq: Number(seq),
    messageId: messageIdOf(roomId, target),
    previews: previews.map(toLinkPreview),
    at: at.toISOString(),
  };
}
