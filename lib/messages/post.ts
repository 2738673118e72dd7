import { findFiles } from "../../db/queries/files.ts";
import { findMentionable } from "../../db/queries/mentions.ts";
import { findMessage } from "../../db/queries/messages.ts";
import { attachmentPath } from "../../db/queries/rows.ts";
import type { Sql } from "../../db/client.ts";
import { AppError } from "../errors.ts";
import type { Limits } from "../http/limits.ts";
import { type MessageId, partsOf, type RoomId, type UserId } from "../protocol/ids.ts";
import { mentionedIn } from "../protocol/mentions.ts";
import type { Attachment, Author, RoomInfo, Viewer } from "../protocol/types.ts";
import type { Posting } from "../realtime/publish.ts";
import { accessRoom } from "../rooms/access.ts";
import type { RoomDirectory } from "../rooms/directory.ts";
import { demandFitting } from "./body.ts";

export interface PostServices {
  sql: Sql;
  rooms: RoomDirectory;
  limits: Limits;
}

export interface PostInput {
  roomId: RoomId;
  clientId: string;
  body: string;
  replyTo?: MessageId;
  /** Ids of files that the author has put into the room. */
  attachments?: string[];
}

/**
 * All that must be settled before a message takes its place in the log.
 * @throws AppError RATE_LIMIT_EXCEEDED, VALIDATION_FAILED, MESSAGE_NOT_FOUND (the one replied to), NOT_FOUND (a file), and
 * those of room access.
 */
export async function preparePosting(
  services: PostServices,
  author: Viewer,
  input: PostInput,
): Promise<Posting> {
  const { roomId, clientId, body, replyTo, attachments = [] } = input;
  const room = await accessRoom(services.rooms, author, "send", roomId);
  await spendMessage(services.limits, author);
  demandFitting(room, body);
  const posting: Posting = { roomId, author: authorOf(author), clientId, kind: "TEXT", body };
  if (attachments.length > 0) posting.attachments = await filesOf(services.sql, room, author, attachments);
  const mentions = await mentionsOf(services.sql, room, author, body);
  if (mentions.length > 0) posting.mentions = mentions;
  if (replyTo === undefined) return posting;
  const answered = partsOf(replyTo);
  const found = answered.roomId === roomId && await findMessage(services.sql, roomId, answered.seq);
  if (!found) throw new AppError("MESSAGE_NOT_FOUND");
  return { ...posting, replyToSeq: answered.seq };
}

/** Counts one message, or a change to one. @throws AppError RATE_LIMIT_EXCEEDED */
export function spendMessage(limits: Limits, author: Viewer): void | Promise<void> {
  return limits.spend(author.tier === "member" ? "memberMessage" : "guestMessage", author.id);
}

/** As history names them. */
function authorOf({ id, name, username, avatar }: Viewer): Author {
  return { id, name, ...(username !== undefined && { username }), ...(avatar !== undefined && { avatar }) };
}

/** Nobody can name anybody in words that we cannot read. */
async function mentionsOf(sql: Sql, room: RoomInfo, { id }: Viewer, body: string): Promise<UserId[]> {
  const usernames = room.encrypted ? [] : mentionedIn(body);
  return usernames.length > 0 ? await findMentionable(sql, { roomId: room.id, authorId: id, usernames }) : [];
}

async function filesOf(sql: Sql, room: RoomInfo, author: Viewer, ids: string[]): Promise<Attachment[]> {
  const files = await findFiles(sql, room.id, ids);
  if (files.length < ids.length || files.some(({ uploaderId }) => uploaderId !== author.id)) {
    throw new AppError("NOT_FOUND", { message: "A file of this message is not there. Attach it again." });
  }
  return files.map(({ id, name, type, size }) => ({
    id,
    name,
    type,
    size,
    url: attachmentPath(room.id, id),
  }));
}
