/** A room as the server keeps it, small enough to hold `reduce.ts` against: a log, and a snapshot at any seq of it. */
import fc from "fast-check";
import type { DurableEvent } from "../../lib/protocol/events.ts";
import type { MessageId, RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { HistoryPage, Message, RoomInfo } from "../../lib/protocol/types.ts";
import { amend, type Snapshot } from "../../lib/protocol/room_state.ts";

export const ROOM = "7" as RoomId;
export const ME = "1" as UserId;
export const room: RoomInfo = { id: ROOM, kind: "language", name: "English", topic: "", dir: "ltr" };

/** What somebody does: `target` picks one of the messages that are there by then. */
export interface Deed {
  kind: "send" | "edit" | "delete";
  author: number;
  target: number;
  body: string;
}

export const deeds = (maxLength: number): fc.Arbitrary<Deed[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom("send", "send", "send", "edit", "delete"),
      author: fc.integer({ min: 1, max: 4 }),
      target: fc.nat(),
      body: fc.string({ minLength: 1, maxLength: 8 }),
    }) as fc.Arbitrary<Deed>,
    { minLength: 1, maxLength },
  );

const at = (seq: number) => new Date(Date.UTC(2026, 7, 2) + seq * 1000).toISOString();

export function messageAt(seq: number, author = 2, body = `words ${seq}`): Message {
  const user = { id: String(author) as UserId, name: `user ${author}` };
  const id = `${ROOM}-${seq}` as MessageId;
  return {
    id,
    seq,
    clientId: `c${seq}`,
    kind: "TEXT",
    body,
    author: user,
    createdAt: at(seq),
    attachments: [],
  };
}

/** The log that the deeds leave behind: event n has seq n + 1. */
export function logOf(acts: Deed[]): DurableEvent[] {
  const sent: MessageId[] = [];
  return acts.map((deed, index): DurableEvent => {
    const seq = index + 1;
    const place = { roomId: ROOM, seq };
    if (deed.kind === "send" || sent.length === 0) {
      const message = messageAt(seq, deed.author, deed.body);
      sent.push(message.id);
      return { type: "new_message", ...place, message };
    }
    const messageId = sent[deed.target % sent.length]!;
    return deed.kind === "edit"
      ? { type: "message_edited", ...place, messageId, body: deed.body, editedAt: at(seq) }
      : { type: "message_deleted", ...place, messageId, deletedAt: at(seq) };
  });
}

/** Every message as it reads after the first `head` events. */
export function messagesAt(log: DurableEvent[], head: number): Message[] {
  const messages = new Map<MessageId, Message>();
  for (const event of log.slice(0, head)) {
    if (event.type === "new_message") messages.set(event.message.id, event.message);
    else messages.set(event.messageId, amend(messages.get(event.messageId)!, event));
  }
  return [...messages.values()];
}

export function snapshotAt(log: DurableEvent[], head: number, size: number): Snapshot {
  const all = messagesAt(log, head);
  const messages = all.slice(-size);
  const hasOlder = all.length > messages.length;
  return {
    roomId: ROOM,
    room,
    headSeq: head,
    readSeq: 0,
    messages,
    hasOlder,
    members: [],
    presence: { online: 0 },
  };
}

/** The page before `cursor`, as it reads after the first `head` events. */
export function pageBefore(log: DurableEvent[], head: number, cursor: number, size: number): HistoryPage {
  const all = messagesAt(log, head).filter((message) => message.seq < cursor);
  const messages = all.slice(-size);
  return { messages, nextCursor: all.length > messages.length ? String(messages[0]!.seq) : null };
}
