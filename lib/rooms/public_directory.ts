import { type DirectoryPlace, publicRooms } from "../../db/queries/public_rooms.ts";
import { AppError } from "../errors.ts";
import type { DirectoryPage } from "../protocol/forms/rooms.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";

const PAGE = 30;
/** Of what somebody searches for; more make no search better. */
const WORDS_MAX = 8;
const CURSOR = /^(\d{1,17})-([1-9]\d{0,17})$/;

/**
 * Public rooms, the liveliest first; with `q` those of which every word begins a word of the name, topic or address.
 * Archived and invite-only rooms are not among them.
 * @throws AppError VALIDATION_FAILED for a cursor that no page gave
 */
export async function searchDirectory(
  { sql, realtime }: Services,
  { q, cursor }: { q: string; cursor?: string },
): Promise<DirectoryPage> {
  const words = wordsOf(q);
  // All signs and no letters: nothing is called that.
  if (q !== "" && words.length === 0) return { rooms: [], nextCursor: null };
  const after = cursor === undefined ? undefined : placeOf(cursor);
  const { rooms, next } = await publicRooms(sql, { words, after, limit: PAGE });
  const online = realtime.onlineByRoom();
  return {
    rooms: rooms.map((room) => ({ ...room, online: online.get(room.id) ?? 0 })),
    nextCursor: next && `${next.activeAt}-${next.id}`,
  };
}

/** Letters, digits and their marks: none of what a query language could take for its own. */
function wordsOf(q: string): string[] {
  return (q.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, WORDS_MAX);
}

function placeOf(cursor: string): DirectoryPlace {
  const [, activeAt, id] = CURSOR.exec(cursor) ?? [];
  if (!activeAt || !id) {
    throw new AppError("VALIDATION_FAILED", { fields: { cursor: "That is no page's cursor." } });
  }
  return { activeAt, id: id as RoomId };
}
