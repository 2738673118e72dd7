/** How rows become the shapes of `lib/protocol`: one place, so that every reader sees a message alike. */
import { avatarPath } from "../../lib/protocol/avatars.ts";
import type { DurableEvent } from "../../lib/protocol/events.ts";
import { messageIdOf, type RoomId, type UserId } from "../../lib/protocol/ids.ts";
import { previewPicturePath } from "../../lib/protocol/previews.ts";
import type {
  Attachment,
  Author,
  LinkPreview,
  Message,
  MessageKind,
  Reaction,
} from "../../lib/protocol/types.ts";

/** A message joined with its author, `seq` and `reply_to_seq` still as text (int8). */
export interface MessageRow {
  room_id: RoomId;
  seq: string;
  client_id: string | null;
  kind: MessageKind;
  /** Empty already when the message is deleted. */
  body: string;
  author_id: UserId | null;
  author_name: string | null;
  author_username: string | null;
  author_avatar: string | null;
  reply_to_seq: string | null;
  /** Null without files, and once the message is deleted. */
  attachments: StoredAttachment[] | null;
  /** Null for none, and once the message is deleted. */
  reactions: Reaction[] | null;
  pinned_at: Date | null;
  /** Null for none, and once the message is deleted. */
  previews: ShownPreview[] | null;
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
}

/** A file as its message keeps it; its addresses follow from the room. */
export type StoredAttachment = Omit<Attachment, "url" | "thumbUrl">;

/** A preview as its message keeps it; its picture's address follows from the key. */
export type ShownPreview = Omit<LinkPreview, "image"> & {
  image?: { key: string; width: number; height: number };
};

export function toMessage(row: MessageRow): Message {
  return {
    id: messageIdOf(row.room_id, Number(row.seq)),
    seq: Number(row.seq),
    clientId: row.client_id ?? "",
    kind: row.kind,
    body: row.body,
    author: toAuthor(row),
    createdAt: row.created_at.toISOString(),
    ...(row.edited_at && { editedAt: row.edited_at.toISOString() }),
    ...(row.deleted_at && { deletedAt: row.deleted_at.toISOString() }),
    ...(row.reply_to_seq !== null && { replyTo: messageIdOf(row.room_id, Number(row.reply_to_seq)) }),
    ...(row.reactions && { reactions: row.reactions }),
    ...(row.pinned_at && { pinnedAt: row.pinned_at.toISOString() }),
    ...(row.previews && { previews: row.previews.map(toLinkPreview) }),
    attachments: (row.attachments ?? []).map((file) => toAttachment(row.room_id, file)),
  };
}

/** Without what follows from the room, or was only said to us: a message keeps nothing else of its files. */
export function toStored(
  { id, name, type, size, width, height, animated, placeholder }: Attachment,
): StoredAttachment {
  return {
    ...{ id, name, type, size },
    ...(width !== undefined && height !== undefined && { width, height }),
    ...(animated && { animated }),
    ...(placeholder !== undefined && { placeholder }),
  };
}

/** With the addresses of a file that was sent into a room; pictures have a small copy too. */
export function toAttachment(roomId: RoomId, file: StoredAttachment): Attachment {
  const url = attachmentPath(roomId, file.id);
  return file.width === undefined ? { ...file, url } : { ...file, url, thumbUrl: `${url}/thumb` };
}

export function toLinkPreview({ image, ...preview }: ShownPreview): LinkPreview {
  if (!image) return preview;
  const { key, ...size } = image;
  return { ...preview, image: { url: previewPicturePath(key), ...size } };
}

/** Where a file that was sent into a room is fetched from. */
export function attachmentPath(roomId: RoomId, fileId: string): string {
  return `/files/rooms/${roomId}/${fileId}`;
}

function toAuthor(row: MessageRow): Author | null {
  if (row.author_id === null) return null;
  return {
    id: row.author_id,
    name: row.author_name ?? "",
    ...(row.author_username !== null && { username: row.author_username }),
    ...(row.author_avatar !== null && { avatar: avatarPath(row.author_avatar) }),
  };
}

/** One entry of a room's log: a message, or an event about one, whose `actor_id` did it. */
export interface LogRow extends MessageRow {
  actor_id: UserId | null;
  emoji: string | null;
  on: boolean | null;
  type: DurableEvent["type"];
  target_seq: string | null;
  /** Whom a new message names. */
  mentions: UserId[] | null;
}

export function toEvent(row: LogRow): DurableEvent {
  const [roomId, seq] = [row.room_id, Number(row.seq)];
  const messageId = messageIdOf(roomId, Number(row.target_seq));
  const at = row.created_at.toISOString();
  switch (row.type) {
    case "new_message":
      return {
        type: "new_message",
        roomId,
        seq,
        message: toMessage(row),
        ...(row.mentions && { mentions: row.mentions }),
      };
    case "message_edited":
      return { type: "message_edited", roomId, seq, messageId, body: row.body, editedAt: at };
    case "message_deleted":
      return { type: "message_deleted", roomId, seq, messageId, deletedAt: at };
    case "reaction":
      return {
        type: "reaction",
        roomId,
        seq,
        messageId,
        emoji: row.emoji!,
        userId: row.actor_id!,
        on: row.on!,
        at,
      };
    case "message_pinned":
      return { type: "message_pinned", roomId, seq, messageId, userId: row.actor_id!, on: row.on!, at };
    case "message_previews": {
      const previews = (row.previews ?? []).map(toLinkPreview);
      return { type: "message_previews", roomId, seq, messageId, previews, at };
    }
  }
}

export { directionOf } from "../../lib/protocol/languages.ts";
