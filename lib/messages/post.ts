import { findMentionable } from "../../db/queries/mentions.ts";
import { findMessage, findSent } from "../../db/queries/messages.ts";
import type { Sql } from "../../db/client.ts";
import { AppError, isAppError } from "../errors.ts";
import type { Limits } from "../http/limits.ts";
import { isWordless, kindOf } from "../protocol/attachments.ts";
import { type MessageId, partsOf, type RoomId, type UserId } from "../protocol/ids.ts";
import { MENTIONS_MAX } from "../protocol/limits.ts";
import { mentionsIn } from "../protocol/markdown/named.ts";
import type { Attachment, Author, RoomInfo, Viewer } from "../protocol/types.ts";
import type { Posting } from "../realtime/publish.ts";
import { accessKnownRoom, accessRoom } from "../rooms/access.ts";
import type { RoomDirectory } from "../rooms/directory.ts";
import { accessFilesToAttach } from "../uploads/access.ts";
import { demandFitting } from "./body.ts";

const NONE: readonly string[] = [];

export interface PostServices {
  sql: Sql;
  rooms: RoomDirectory;
  limits: Limits;
}

export interface PostInput {
  roomId: RoomId;
  clientId: string;
  /** May be empty beside files. */
  body: string;
  replyTo?: MessageId;
  kind?: "TEXT" | "STICKER";
  /** Ids of files that the author has put into the room. */
  attachments?: readonly string[];
}

/**
 * All that must be settled before a message takes its place in the log; at once where nothing has to be looked up.
 * @throws AppError RATE_LIMIT_EXCEEDED, VALIDATION_FAILED, MESSAGE_NOT_FOUND (the one replied to), NOT_FOUND (a file), and
 * those of room access.
 */
export function preparePosting(
  services: PostServices,
  author: Viewer,
  input: PostInput,
): Posting | Promise<Posting> {
  return plainPosting(services, author, input) ?? postingLookedUp(services, author, input);
}

/** The usual message: words that name and answer nobody, in a room that is known. `null` for any other. */
function plainPosting(
  { rooms, limits }: PostServices,
  author: Viewer,
  { roomId, clientId, body, replyTo, kind = "TEXT", attachments = NONE }: PostInput,
): Posting | Promise<Posting> | null {
  if (kind !== "TEXT" || replyTo !== undefined || attachments.length > 0 || body.includes("@")) return null;
  const room = accessKnownRoom(rooms, author, "send", roomId);
  if (!room) return null;
  const spent = spendMessage(limits, author);
  const posting = (): Posting => ({
    roomId,
    author: authorOf(author),
    clientId,
    kind,
    body: demandFitting(room, body),
  });
  return spent ? spent.then(posting) : posting();
}

async function postingLookedUp(
  services: PostServices,
  author: Viewer,
  input: PostInput,
): Promise<Posting> {
  const { roomId, clientId, replyTo, kind = "TEXT" } = input;
  const room = await accessRoom(services.rooms, author, "send", roomId);
  await spendMessage(services.limits, author);
  const files = await filesOf(services, author, room, input);
  const body = demandFitting(room, input.body, { kind, files });
  const posting: Posting = {
    ...{ roomId, author: authorOf(author), clientId, body },
    kind: kind === "TEXT" ? kindOf(files) : kind,
    ...(files.length > 0 && { attachments: files }),
  };
  const mentions = await mentionsOf(services.sql, room, author, posting);
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

/** Nobody can name anybody in words that we cannot read, nor by what a file is called. */
async function mentionsOf(
  sql: Sql,
  room: RoomInfo,
  { id }: Viewer,
  { body, attachments = [] }: Posting,
): Promise<UserId[]> {
  if (room.encrypted || isWordless({ body, attachments })) return [];
  const usernames = mentionsIn(body).slice(0, MENTIONS_MAX);
  return usernames.length > 0 ? await findMentionable(sql, { roomId: room.id, authorId: id, usernames }) : [];
}

/** A message whose answer was lost is sent again, and holds its files already: it is the same message, not another one. */
async function filesOf(
  services: PostServices,
  author: Viewer,
  room: RoomInfo,
  { clientId, attachments = [] }: PostInput,
): Promise<Attachment[]> {
  if (attachments.length === 0) return [];
  try {
    return await accessFilesToAttach(services, author, room, attachments);
  } catch (error) {
    const sent = isAppError(error) &&
      await findSent(services.sql, { roomId: room.id, authorId: author.id, clientId });
    if (!sent) throw error;
    return sent.attachments;
  }
}
