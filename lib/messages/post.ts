import type { Sql } from "../../db/client.ts";
import { findMessage } from "../../db/queries/messages.ts";
import { AppError } from "../errors.ts";
import type { Limits } from "../http/limits.ts";
import { type MessageId, partsOf, type RoomId } from "../protocol/ids.ts";
import type { Author, Viewer } from "../protocol/types.ts";
import type { Posting } from "../realtime/publish.ts";
import { accessRoom } from "../rooms/access.ts";
import type { RoomDirectory } from "../rooms/directory.ts";

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
}

/**
 * All that must be settled before a message takes its place in the log.
 * @throws AppError ROOM_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN, RATE_LIMIT_EXCEEDED, MESSAGE_NOT_FOUND (the one replied to).
 */
export async function preparePosting(
  services: PostServices,
  author: Viewer,
  input: PostInput,
): Promise<Posting> {
  const { roomId, clientId, body, replyTo } = input;
  await accessRoom(services.rooms, author, "send", roomId);
  await services.limits.spend(author.tier === "guest" ? "guestMessage" : "memberMessage", author.id);
  const posting: Posting = {
    roomId,
    author: authorOf(author),
    clientId,
    kind: "TEXT",
    body,
  };
  if (replyTo === undefined) return posting;
  const answered = partsOf(replyTo);
  const found = answered.roomId === roomId && await findMessage(services.sql, roomId, answered.seq);
  if (!found) throw new AppError("MESSAGE_NOT_FOUND");
  return { ...posting, replyToSeq: answered.seq };
}

/** As history names them. */
function authorOf({ id, name, username, avatar }: Viewer): Author {
  return { id, name, ...(username !== undefined && { username }), ...(avatar !== undefined && { avatar }) };
}
