/** Ways to look at messages other than page by page: what is pinned, a thread, former wordings. */
import { findMessage } from "../../db/queries/messages.ts";
import { pinnedIn } from "../../db/queries/reactions.ts";
import { type Revision, revisionsOf } from "../../db/queries/revisions.ts";
import { threadOf } from "../../db/queries/threads.ts";
import { AppError } from "../errors.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { Message, Viewer } from "../protocol/types.ts";
import { accessRoom } from "../rooms/access.ts";
import type { PostServices } from "./post.ts";

type LookServices = Pick<PostServices, "sql" | "rooms">;

/** The room's pinned messages, the newest pin first. @throws AppError as room access does */
export async function pinned(
  services: LookServices,
  viewer: Viewer | null,
  roomId: RoomId,
): Promise<Message[]> {
  await accessRoom(services.rooms, viewer, "read", roomId);
  return await pinnedIn(services.sql, roomId, viewer?.id ?? null);
}

/**
 * The thread that a message belongs to, from the message that began it, oldest first.
 * @throws AppError MESSAGE_NOT_FOUND and those of room access
 */
export async function thread(
  services: LookServices,
  viewer: Viewer | null,
  roomId: RoomId,
  seq: number,
): Promise<Message[]> {
  await accessRoom(services.rooms, viewer, "read", roomId);
  const found = await threadOf(services.sql, roomId, seq, viewer?.id ?? null);
  if (found.length === 0) throw new AppError("MESSAGE_NOT_FOUND");
  return found;
}

/**
 * What a message said before it was edited, oldest first: for its author, and for those who keep order in the room.
 * @throws AppError MESSAGE_NOT_FOUND, FORBIDDEN and those of room access
 */
export async function revisions(
  services: LookServices,
  viewer: Viewer,
  roomId: RoomId,
  seq: number,
): Promise<Revision[]> {
  await accessRoom(services.rooms, viewer, "read", roomId);
  const message = await findMessage(services.sql, roomId, seq);
  if (!message) throw new AppError("MESSAGE_NOT_FOUND");
  const own = message.author?.id === viewer.id && !message.deletedAt;
  if (!own) await accessRoom(services.rooms, viewer, "delete_any", roomId);
  return await revisionsOf(services.sql, roomId, seq);
}
