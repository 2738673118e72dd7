import type { Hit, Place } from "../../db/queries/search.ts";
import { AppError } from "../errors.ts";
import type { RoomId } from "../protocol/ids.ts";

/** Where the page after this one begins. */
export type Cursor =
  | { sort: "new"; after: Place }
  /** `until`: microseconds; what came later than the first page was asked for is not among its best. */
  | { sort: "best"; after: Place; score: number; until: string };

const PLACE = "(\\d{1,17})-(\\d{1,18})-(\\d{1,16})";
const NEW = new RegExp(`^${PLACE}$`);
const BEST = new RegExp(`^${PLACE}~(\\d{1,17})~([0-9.e+-]{1,30})$`);

export function cursorText(cursor: Cursor): string {
  const { at, roomId, seq } = cursor.after;
  const place = `${at}-${roomId}-${seq}`;
  return cursor.sort === "new" ? place : `${place}~${cursor.until}~${cursor.score}`;
}

/** @throws AppError VALIDATION_FAILED for a cursor that no page of this order gave */
export function readCursor(text: string, sort: Cursor["sort"]): Cursor {
  const [, at, roomId, seq, until, score] = (sort === "new" ? NEW : BEST).exec(text) ?? [];
  if (at === undefined || sort === "best" && !Number.isFinite(Number(score))) {
    throw new AppError("VALIDATION_FAILED", { fields: { cursor: "That is no page's cursor." } });
  }
  const after: Place = { at, roomId: roomId as RoomId, seq: Number(seq) };
  return sort === "new" ? { sort, after } : { sort, after, score: Number(score), until: until! };
}

/** Behind everything that was sent at that moment (microseconds) or later. */
export function placeBefore(at: string): Place {
  return { at, roomId: "0" as RoomId, seq: 0 };
}

/** The moment (microseconds) before which everything lies that comes after a place. */
export function endOf({ at, seq }: Place): string {
  return seq > 0 ? String(BigInt(at) + 1n) : at;
}

/** The newer first; of the same moment, by room and seq. */
export function byTime(one: Place, other: Place): number {
  return compare(other.at, one.at) || compare(other.roomId, one.roomId) || other.seq - one.seq;
}

/** The better first; of equally good ones, the newer. */
export function byScore(one: Hit | Place & { score: number }, other: Hit): number {
  return other.score - one.score || byTime(one, other);
}

/** Decimal numbers of any size. */
export function compare(one: string, other: string): number {
  const [a, b] = [BigInt(one), BigInt(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Microseconds since the epoch, as the database counts. */
export function microsOf(iso: string): string {
  return String(BigInt(Date.parse(iso)) * 1000n);
}

export function isoOf(micros: string): string {
  return new Date(Number(BigInt(micros) / 1000n)).toISOString();
}
