/** A room as the server keeps it, small enough to hold `reduce.ts` against: a log, and a snapshot at any seq of it. */
import fc from "fast-check";
import type { DurableEvent } from "../../lib/protocol/events.ts";
import type { MessageId, RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { HistoryPage, LinkPreview, Message, RoomInfo } from "../../lib/protocol/types.ts";
import type { Snapshot } from "../../lib/protocol/room_state.ts";

export const ROOM = "7" as RoomId;
export const ME = "1" as UserId;
export const room: RoomInfo = { id: ROOM, kind: "language", name: "English", topic: "", dir: "ltr" };

/** What somebody does: `target` picks one of the messages that are there by then. */
export interface Deed {
  kind: "send" | "edit" | "delete" | "react" | "unreact" | "pin" | "unpin" | "find" | "unlink";
  author: number;
  target: number;
  body: string;
  emoji: string;
}

export const deeds = (maxLength: number): fc.Arbitrary<Deed[]> =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(
        ...["send", "send", "send", "edit", "delete"] as const,
        ...["react", "react", "react", "unreact", "unreact", "pin", "unpin"] as const,
        ...["find", "find", "unlink"] as const,
      ),
      author: fc.integer({ min: 1, max: 4 }),
      target: fc.nat(),
      body: fc.string({ minLength: 1, maxLength: 8 }),
      emoji: fc.constantFrom("👍", "🎉", "🏳️‍🌈"),
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

/** What the server keeps: what was said, and under each message its reactions and what was found, as rows of tables. */
interface Kept {
  message: Message;
  found: LinkPreview[];
  reactions: { emoji: string; by: UserId; seq: number; first: number }[];
}

/** The log that the deeds leave behind, as a server writes it: what would change nothing leaves no event. */
export function logOf(acts: Deed[]): DurableEvent[] {
  const kept = new Map<MessageId, Kept>();
  const log: DurableEvent[] = [];
  for (const deed of acts) {
    const event = eventOf(deed, log.length + 1, kept);
    if (!event) continue;
    keep(kept, event);
    log.push(event);
  }
  return log;
}

function eventOf(deed: Deed, seq: number, kept: ReadonlyMap<MessageId, Kept>): DurableEvent | null {
  const place = { roomId: ROOM, seq };
  const sent = [...kept.keys()];
  if (deed.kind === "send" || sent.length === 0) {
    return { type: "new_message", ...place, message: messageAt(seq, deed.author, deed.body) };
  }
  const messageId = sent[deed.target % sent.length]!;
  const { message, reactions, found } = kept.get(messageId)!;
  if (message.deletedAt) return null;
  const userId = String(deed.author) as UserId;
  const had = reactions.some(({ emoji, by }) => emoji === deed.emoji && by === userId);
  const about = { ...place, messageId };
  switch (deed.kind) {
    case "edit":
      return { type: "message_edited", ...about, body: deed.body, editedAt: at(seq) };
    case "delete":
      return { type: "message_deleted", ...about, deletedAt: at(seq) };
    case "react":
    case "unreact": {
      const on = deed.kind === "react";
      return had === on ? null : { type: "reaction", ...about, emoji: deed.emoji, userId, on, at: at(seq) };
    }
    case "pin":
    case "unpin": {
      const on = deed.kind === "pin";
      return (message.pinnedAt !== undefined) === on
        ? null
        : { type: "message_pinned", ...about, userId, on, at: at(seq) };
    }
    case "find":
      return { type: "message_previews", ...about, previews: [...found, previewOf(deed.body)], at: at(seq) };
    case "unlink":
      return found.length === 0
        ? null
        : { type: "message_previews", ...about, previews: found.slice(1), at: at(seq) };
  }
}

function previewOf(title: string): LinkPreview {
  return { url: `https://page.example/${encodeURIComponent(title)}`, title, type: "website" };
}

/** Does to the tables what the event says. Nothing of the code under test is used for it. */
function keep(kept: Map<MessageId, Kept>, event: DurableEvent): void {
  if (event.type === "new_message") {
    kept.set(event.message.id, { message: event.message, reactions: [], found: [] });
    return;
  }
  const row = kept.get(event.messageId)!;
  switch (event.type) {
    case "message_edited":
      row.message = { ...row.message, body: event.body, editedAt: event.editedAt };
      break;
    case "message_deleted":
      row.message = { ...row.message, body: "", attachments: [], deletedAt: event.deletedAt };
      delete row.message.pinnedAt;
      row.reactions = [];
      row.found = [];
      break;
    case "message_pinned":
      row.message = { ...row.message, ...(event.on && { pinnedAt: event.at }) };
      if (!event.on) delete row.message.pinnedAt;
      break;
    case "message_previews":
      row.found = event.previews;
      break;
    case "reaction": {
      const same = row.reactions.filter(({ emoji }) => emoji === event.emoji);
      const first = same[0]?.first ?? event.seq;
      row.reactions = event.on
        ? [...row.reactions, { emoji: event.emoji, by: event.userId, seq: event.seq, first }]
        : row.reactions.filter(({ emoji, by }) => emoji !== event.emoji || by !== event.userId);
    }
  }
}

/** A message as its readers get it. */
function read({ message: plain, reactions, found }: Kept): Message {
  const message = found.length === 0 ? plain : { ...plain, previews: found };
  if (reactions.length === 0) return message;
  const groups = Map.groupBy(
    reactions.toSorted((a, b) => a.first - b.first || a.seq - b.seq),
    ({ emoji }) => emoji,
  );
  return {
    ...message,
    reactions: [...groups].map(([emoji, rows]) => ({ emoji, by: rows.map(({ by }) => by) })),
  };
}

/** Every message as it reads after the first `head` events. */
export function messagesAt(log: DurableEvent[], head: number): Message[] {
  const kept = new Map<MessageId, Kept>();
  for (const event of log.slice(0, head)) keep(kept, event);
  return [...kept.values()].map(read);
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

/** The page after `cursor`, as it reads after the first `head` events. */
export function pageAfter(log: DurableEvent[], head: number, cursor: number, size: number): HistoryPage {
  const all = messagesAt(log, head).filter((message) => message.seq > cursor);
  const messages = all.slice(0, size);
  return { messages, nextCursor: all.length > messages.length ? String(messages.at(-1)!.seq) : null };
}

/** The page before `cursor`, as it reads after the first `head` events. */
export function pageBefore(log: DurableEvent[], head: number, cursor: number, size: number): HistoryPage {
  const all = messagesAt(log, head).filter((message) => message.seq < cursor);
  const messages = all.slice(-size);
  return { messages, nextCursor: all.length > messages.length ? String(messages[0]!.seq) : null };
}
