import type { PushWords } from "../protocol/forms/notifications.ts";
import { loadEmoji } from "../protocol/markdown/emoji.ts";
import { saidBy, wordsOf } from "../protocol/message_words.ts";
import type { UserId } from "../protocol/ids.ts";
import { messageHref } from "../protocol/room_address.ts";
import { roomTitle } from "../protocol/room_names.ts";
import type { Message, RoomInfo } from "../protocol/types.ts";

/** Characters, as people count them: more is not shown by any system. */
export const BODY_MAX = 120;
const TITLE_MAX = 100;
/** A number past this says no more. */
const COUNT_SHOWN = 99;

export interface News {
  room: RoomInfo;
  /** Who is told. */
  reader: UserId;
  /** The last message. */
  message: Message;
  /** How many there are. */
  count: number;
  /** Says that something was said, and not what. */
  hidden: boolean;
}

/** What a notification says and where it leads. */
export async function newsWords({ room, reader, message, count, hidden }: News): Promise<PushWords> {
  // Sealed words are nobody's to show but those who hold the key.
  const silent = hidden || room.encrypted === true;
  const face = room.kind === "direct" && (room.people?.length ?? 0) <= 2;
  const title = titleOf(roomTitle(room, reader), count, face);
  return {
    title: short(title, TITLE_MAX),
    body: silent ? (count > 1 ? "New messages" : "New message") : await bodyOf(message, face),
    url: messageHref(room, message.id),
    tag: `room-${room.id}`,
    roomId: room.id,
    seq: message.seq,
  };
}

function titleOf(room: string, count: number, face: boolean): string {
  if (count === 1) return room;
  const many = count > COUNT_SHOWN ? `${COUNT_SHOWN}+` : `${count}`;
  return `${many} new messages ${face ? "from" : "in"} ${isolated(room)}`;
}

async function bodyOf(message: Message, face: boolean): Promise<string> {
  const { text, ...deed } = wordsOf(message, await loadEmoji());
  const words = { ...deed, text: text.replaceAll(/\s+/g, " ").trim() };
  return short(face || !message.author ? words.text : saidBy(isolated(message.author.name), words), BODY_MAX);
}

/** In its own direction, whatever stands around it (Unicode Bidirectional Algorithm, FSI and PDI). */
function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

/** Cut between characters as people see them, not within a family of emoji. */
function short(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...new Intl.Segmenter().segment(text.slice(0, most * 20))].map(({ segment }) =>
    segment
  );
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
