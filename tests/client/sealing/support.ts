/** An encrypted room for tests: keys, what its people seal, and events as the server would pass them on. */
import type { MessageEdited, NewMessage } from "../../../lib/protocol/events.ts";
import type { MessageId, RoomId, UserId } from "../../../lib/protocol/ids.ts";
import type { Message } from "../../../lib/protocol/types.ts";
import { sealWords } from "../../../lib/client/sealing/cipher.ts";
import { deriveKeys, newSecret, type RoomKeys } from "../../../lib/client/sealing/key.ts";
import type { SealedFile } from "../../../lib/client/sealing/words.ts";

export const ROOM = "7" as RoomId;
export const TOKEN = "ghost-abcdefgh12345678";
export const idAt = (seq: number) => `${ROOM}-${seq}` as MessageId;

export const newKeys = (token = TOKEN): Promise<RoomKeys> => deriveKeys(newSecret(), token);

/** @param overrides what differs from a picture of 1,234 bytes */
export const fileOf = (overrides: Partial<SealedFile> = {}): SealedFile => ({
  id: crypto.randomUUID(),
  iv: "AAAAAAAAAAAAAAAA",
  name: "lantern.png",
  type: "image/png",
  size: 1234,
  ...overrides,
});

export interface Said {
  seq: number;
  text: string;
  author?: string;
  files?: SealedFile[];
  replyTo?: MessageId;
}

/** A message as the server has it: its words sealed by its author. */
export async function sealedMessage(
  keys: RoomKeys,
  { seq, text, author = "Ada", files = [], replyTo }: Said,
): Promise<Message> {
  const clientId = `c${seq}`;
  return {
    id: idAt(seq),
    seq,
    clientId,
    kind: "TEXT",
    body: await sealWords(keys, { clientId, author, replyTo }, { text, files }),
    author: { id: "2" as UserId, name: author },
    createdAt: new Date(seq * 1000).toISOString(),
    ...(replyTo && { replyTo }),
    attachments: [],
  };
}

export const saidEvent = (message: Message): NewMessage => ({
  type: "new_message",
  roomId: ROOM,
  seq: message.seq,
  message,
});

/** @param seq the edit's own place in the log */
export const editEvent = (seq: number, messageId: MessageId, body: string): MessageEdited => ({
  type: "message_edited",
  roomId: ROOM,
  seq,
  messageId,
  body,
  editedAt: new Date(seq * 1000).toISOString(),
});
