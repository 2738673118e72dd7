/** New messages: the batch append, in one round trip and one transaction. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { MessageKind } from "../../lib/protocol/types.ts";
import type { Queryable } from "../client.ts";
import { bigints, integers, texts } from "./arrays.ts";
import type { StoredAttachment } from "./rows.ts";
import { sayingWhose } from "./refused.ts";
import { sqlState } from "./sqlstate.ts";

/** A message that has no place in its room yet. */
export interface Draft {
  roomId: RoomId;
  /** `null` for SYSTEM messages. */
  authorId: UserId | null;
  clientId: string;
  kind: MessageKind;
  body: string;
  replyToSeq?: number;
  attachments?: StoredAttachment[];
  /** Whom it names. */
  mentions?: UserId[];
}

/** Where a draft stands now. `fresh` is false when it had been written before: a retry. */
export interface Placed {
  seq: number;
  createdAt: string;
  fresh: boolean;
}

/** As `append_messages` answers: a draft's place, or without `ord` that of a room's first; migration 0011. */
interface Row {
  ord: number | null;
  in_room: RoomId;
  seq: string;
  created_at: Date;
  fresh: boolean;
}

/**
 * Writes a batch; answers in the order of the drafts. Within a room they get consecutive seqs in that order.
 *
 * What most drafts lack (files, an answered message, names) is not sent at all, and arrays go as Postgres' own literals:
 * the driver would look at each element by itself.
 *
 * @throws Refused, or an error of which {@link holdsTwice} is true; nothing is written then
 */
export async function appendMessages(sql: Queryable, drafts: readonly Draft[]): Promise<Placed[]> {
  if (drafts.length === 0) return [];
  const rooms = sortedRooms(drafts);
  const { at, places, sizes } = placesIn(rooms, drafts);
  const plain = drafts.every(({ kind }) => kind === "TEXT");
  const replies = drafts.some(({ replyToSeq }) => replyToSeq !== undefined);
  const files = drafts.some(({ attachments }) => attachments !== undefined);
  const named = drafts.flatMap(({ mentions }, index) => mentions?.map((person) => [index + 1, person]) ?? []);
  const rows = await sql<Row[]>`
    select ord, in_room, seq, created_at, fresh from append_messages(
      ${bigints(rooms)}::bigint[],
      ${integers(sizes)}::int[],
      ${integers(at)}::int[],
      ${integers(places)}::int[],
      ${bigints(drafts.map((draft) => draft.authorId))}::bigint[],
      ${texts(drafts.map((draft) => draft.clientId))}::text[],
      ${texts(plain ? [] : drafts.map((draft) => draft.kind))}::text[],
      ${texts(drafts.map((draft) => draft.body))}::text[],
      ${bigints(replies ? drafts.map((draft) => draft.replyToSeq ?? null) : [])}::bigint[],
      ${texts(files ? drafts.map(filesOf) : [])}::text[]::jsonb[],
      ${bigints(named.map(([ord]) => ord!))}::int[],
      ${bigints(named.map(([, person]) => person!))}::bigint[]
    )`.catch(sayingWhose);
  return placedBy(rows, rooms, { at, places });
}

/** The batch holds the same message (room, author, clientId) more than once. */
export function holdsTwice(error: unknown): boolean {
  return sqlState(error) === "23505";
}

function filesOf({ attachments }: Draft): string | null {
  return attachments ? JSON.stringify(attachments) : null;
}

/** Each room once, in the order of the ids, in which they are locked. */
function sortedRooms(drafts: readonly Draft[]): RoomId[] {
  const rooms = new Set<RoomId>();
  for (const { roomId } of drafts) rooms.add(roomId);
  // Decimals without leading zeros: the longer is the larger.
  return [...rooms].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Of each draft: which room it goes to, and as which of the batch there; both from 1. */
interface Places {
  at: number[];
  places: number[];
}

function placesIn(rooms: RoomId[], drafts: readonly Draft[]): Places & { sizes: number[] } {
  const sizes = rooms.map(() => 0);
  const indexOf = new Map(rooms.map((roomId, index) => [roomId, index]));
  const at: number[] = [];
  const places: number[] = [];
  for (const { roomId } of drafts) {
    const index = indexOf.get(roomId)!;
    at.push(index + 1);
    places.push(++sizes[index]!);
  }
  return { at, places, sizes };
}

function placedBy(rows: Row[], rooms: RoomId[], { at, places }: Places): Placed[] {
  if (rows[0]!.ord !== null) {
    const placed = new Array<Placed>(at.length);
    for (const { ord, seq, created_at, fresh } of rows) {
      placed[ord! - 1] = { seq: Number(seq), createdAt: created_at.toISOString(), fresh };
    }
    return placed;
  }
  const byRoom = new Map(rows.map((row) => [row.in_room, row]));
  const runs = rooms.map((roomId) => {
    const { seq, created_at } = byRoom.get(roomId)!;
    return { before: Number(seq) - 1, createdAt: created_at.toISOString() };
  });
  return at.map((room, index) => {
    const { before, createdAt } = runs[room - 1]!;
    return { seq: before + places[index]!, createdAt, fresh: true };
  });
}
