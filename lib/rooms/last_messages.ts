import { pageWithHead } from "../../db/queries/messages.ts";
import type { RoomId } from "../protocol/ids.ts";
import { HISTORY_PAGE } from "../protocol/limits.ts";
import type { Message, RoomInfo, RoomRole, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { accessWithStanding } from "./access.ts";

/** A room and what was said in it last. Shape of `GET /api/rooms/:id`. */
export interface RoomWithMessages {
  room: RoomInfo;
  headSeq: number;
  /** Oldest first; deleted ones are left out. */
  messages: Message[];
  /** What the viewer is there; `null` for nothing in particular. */
  role: RoomRole | null;
}

/** @throws AppError those of room access */
export async function roomWithLastMessages(
  { sql, rooms }: Services,
  viewer: Viewer | null,
  id: RoomId,
): Promise<RoomWithMessages> {
  const { room, standing } = await accessWithStanding(rooms, viewer, "read", id);
  const page = await pageWithHead(sql, id, { reader: viewer?.id ?? null, limit: HISTORY_PAGE });
  const messages = page.messages.filter(({ deletedAt }) => deletedAt === undefined);
  return { room, headSeq: page.headSeq, messages, role: standing.role };
}
