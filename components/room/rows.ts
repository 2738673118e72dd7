/** From messages to what stands in the list: day lines, the "new" line, and who begins a group. Pure. */
import type { MessageId, UserId } from "../../lib/protocol/ids.ts";
import { type Clock, dayKey, dayName } from "../clock.ts";
import type { ViewMessage } from "./props.ts";

/** Messages of one author stand together while none is later than this after the one before, in milliseconds. */
const GROUP_WINDOW = 5 * 60_000;

export interface MessageRow {
  kind: "message";
  key: string;
  message: ViewMessage;
  first: boolean;
}

export type Row =
  | { kind: "day"; key: string; date: string; label: string }
  | { kind: "new"; key: "new" }
  /** Messages of people whom the reader has blocked, with nothing between them. */
  | { kind: "folded"; key: string; rows: MessageRow[] }
  | MessageRow;

/** Stays the same when a pending message gets its id. */
function keyOf(message: ViewMessage): string {
  return `${message.author?.id ?? "system"}:${message.clientId}`;
}

function continues(previous: ViewMessage | undefined, message: ViewMessage): boolean {
  if (!previous?.author || !message.author || message.replyTo) return false;
  if (previous.kind === "SYSTEM" || previous.author.id !== message.author.id) return false;
  return Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUP_WINDOW;
}

/** Whether one of these people wrote it. */
export function isBy(people: ReadonlySet<UserId> | undefined, message: ViewMessage | undefined): boolean {
  return !!people && !!message?.author && people.has(message.author.id);
}

/**
 * Lays out `messages` (oldest first). The "new" line stands before the first message of somebody else that is past
 * `readSeq`; those of `blocked` people are folded, and make no "new" line.
 */
export function layRows(
  messages: ViewMessage[],
  clock: Clock,
  readSeq?: number,
  viewerId?: UserId | null,
  blocked?: ReadonlySet<UserId>,
): Row[] {
  const rows: Row[] = [];
  let previous: ViewMessage | undefined;
  let day = "";
  let marked = readSeq === undefined;
  for (const message of messages) {
    const folded = isBy(blocked, message);
    const date = dayKey(clock, message.createdAt);
    let breaks = false;
    if (date !== day) {
      rows.push({ kind: "day", key: `day-${date}`, date, label: dayName(clock, message.createdAt) });
      day = date;
      breaks = true;
    }
    const settled = !message.pending && !message.failed;
    if (!marked && settled && !folded && message.seq > readSeq! && message.author?.id !== viewerId) {
      rows.push({ kind: "new", key: "new" });
      marked = breaks = true;
    }
    const first = breaks || !continues(previous, message);
    const row: MessageRow = { kind: "message", key: keyOf(message), message, first };
    const last = rows.at(-1);
    if (!folded) rows.push(row);
    else if (last?.kind === "folded") last.rows.push(row);
    else rows.push({ kind: "folded", key: `folded-${row.key}`, rows: [row] });
    previous = message;
  }
  return rows;
}

/** Index of the row in which a message stands, by itself or folded; -1 when it is not there. */
export function indexOfMessage(rows: readonly Row[], id: MessageId): number {
  return rows.findIndex((row) =>
    row.kind === "message"
      ? row.message.id === id
      : row.kind === "folded" && row.rows.some(({ message }) => message.id === id)
  );
}
