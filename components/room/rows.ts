/** From messages to what stands in the list: day lines, the "new" line, and who begins a group. Pure. */
import type { UserId } from "../../lib/protocol/ids.ts";
import { type Clock, dayKey, dayName } from "../clock.ts";
import type { ViewMessage } from "./props.ts";

/** Messages of one author stand together while none is later than this after the one before, in milliseconds. */
const GROUP_WINDOW = 5 * 60_000;

export type Row =
  | { kind: "day"; key: string; date: string; label: string }
  | { kind: "new"; key: "new" }
  | { kind: "message"; key: string; message: ViewMessage; first: boolean };

/** Stays the same when a pending message gets its id. */
function keyOf(message: ViewMessage): string {
  return `${message.author?.id ?? "system"}:${message.clientId}`;
}

function continues(previous: ViewMessage | undefined, message: ViewMessage): boolean {
  if (!previous?.author || !message.author || message.replyTo) return false;
  if (previous.kind === "SYSTEM" || previous.author.id !== message.author.id) return false;
  return Date.parse(message.createdAt) - Date.parse(previous.createdAt) < GROUP_WINDOW;
}

/**
 * Lays out `messages` (oldest first). The "new" line stands before the first message of somebody else that is past
 * `readSeq`.
 */
export function layRows(
  messages: ViewMessage[],
  clock: Clock,
  readSeq?: number,
  viewerId?: UserId | null,
): Row[] {
  const rows: Row[] = [];
  let previous: ViewMessage | undefined;
  let day = "";
  let marked = readSeq === undefined;
  for (const message of messages) {
    const date = dayKey(clock, message.createdAt);
    let breaks = false;
    if (date !== day) {
      rows.push({ kind: "day", key: `day-${date}`, date, label: dayName(clock, message.createdAt) });
      day = date;
      breaks = true;
    }
    const settled = !message.pending && !message.failed;
    if (!marked && settled && message.seq > readSeq! && message.author?.id !== viewerId) {
      rows.push({ kind: "new", key: "new" });
      marked = breaks = true;
    }
    rows.push({
      kind: "message",
      key: keyOf(message),
      message,
      first: breaks || !continues(previous, message),
    });
    previous = message;
  }
  return rows;
}
