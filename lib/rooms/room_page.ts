import type { Sql } from "../../db/client.ts";
import { blockedIds } from "../../db/queries/blocks.ts";
import { findLanguageRoom } from "../../db/queries/rooms.ts";
import { findMessages, pageBefore, pageWithHead } from "../../db/queries/messages.ts";
import { readPointer } from "../../db/queries/reads.ts";
import { AppError } from "../errors.ts";
import { partsOf, type RoomId, type UserId } from "../protocol/ids.ts";
import { HISTORY_PAGE } from "../protocol/limits.ts";
import type { Snapshot } from "../protocol/room_state.ts";
import type { LoungeView, Message, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { demand } from "./access.ts";
import { loungesWithPeople } from "./lounges.ts";

export interface RoomPageData {
  snapshot: Snapshot;
  lounges: LoungeView[];
  /** Messages that are answered but stand outside the page, by id. */
  replied: Record<string, Message>;
  /** Whom the viewer has blocked: their messages fold away. */
  blocked: UserId[];
}

/**
 * A language room as its page first shows it: the newest messages, or those before `before` (a seq), and who is there.
 * @throws AppError ROOM_NOT_FOUND, UNAUTHENTICATED, FORBIDDEN
 */
export async function languageRoomPage(
  services: Services,
  viewer: Viewer | null,
  { lounge, language, before }: { lounge: string; language: string; before?: number },
): Promise<RoomPageData> {
  const { sql, realtime } = services;
  const found = await findLanguageRoom(sql, lounge, language);
  if (!found) throw new AppError("ROOM_NOT_FOUND");
  const room = found.info;
  demand(viewer, "read", room);
  const [page, readSeq, lounges, here, blocked] = await Promise.all([
    pageWithHead(sql, room.id, HISTORY_PAGE),
    viewer ? readPointer(sql, viewer.id, room.id) : 0,
    loungesWithPeople(services),
    realtime.people(room.id),
    viewer ? blockedIds(sql, viewer.id) : [],
  ]);
  const shown = before === undefined ? page : await pageBefore(sql, room.id, { before, limit: HISTORY_PAGE });
  const { messages, hasOlder } = shown;
  const snapshot: Snapshot = {
    roomId: room.id,
    room,
    headSeq: page.headSeq,
    readSeq,
    messages,
    hasOlder,
    members: here.people,
    presence: { online: here.online },
  };
  return { snapshot, lounges, replied: await repliedOutside(sql, room.id, messages), blocked };
}

async function repliedOutside(
  sql: Sql,
  roomId: RoomId,
  messages: Message[],
): Promise<Record<string, Message>> {
  const shown = new Set<string>(messages.map(({ id }) => id));
  const answered = messages.flatMap(({ replyTo }) =>
    replyTo && !shown.has(replyTo) ? [partsOf(replyTo).seq] : []
  );
  const found = answered.length > 0 ? await findMessages(sql, roomId, answered) : [];
  return Object.fromEntries(found.map((message) => [message.id, message]));
}
