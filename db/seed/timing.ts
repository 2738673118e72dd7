/** Gives conversations their times: the same pace on every run, only the end moves with the clock. */
import type { RoomTalk } from "./shape.ts";

const MINUTE = 60_000;
/** Between the ends of two conversations. Six of them then reach back three days. */
const PAUSE = 14 * 60 * MINUTE;

export interface SpokenLine {
  seq: number;
  name: string;
  body: string;
  replyToSeq: number | null;
  at: Date;
}

/**
 * The lines of a room in order, the last one a few minutes before `now`.
 *
 * @param now Unix milliseconds.
 * @param index Which room it is: rooms fall silent at different minutes.
 */
export function spokenLines(talk: RoomTalk, now: number, index: number): SpokenLine[] {
  const lines: SpokenLine[] = [];
  const last = talk.conversations.length - 1;
  for (const [number, conversation] of talk.conversations.entries()) {
    const jitter = (index * 37 + number * 53) % 90;
    const end = now - (last - number) * (PAUSE + jitter * MINUTE) - (3 + (index * 7) % 29) * MINUTE;
    // Backwards from the end: before each line lies the time it took to read the one before and to write it.
    const times: number[] = [];
    let at = end;
    for (const [, body] of [...conversation].reverse()) {
      times.unshift(at);
      at -= 12_000 + body.length * 700 + (body.length * 7919 + index) % 55_000;
    }
    for (const [i, [name, body, linesUp]] of conversation.entries()) {
      const seq = lines.length + 1;
      const replyToSeq = linesUp === undefined ? null : seq - linesUp;
      lines.push({ seq, name, body, replyToSeq, at: new Date(times[i]!) });
    }
  }
  return lines;
}
