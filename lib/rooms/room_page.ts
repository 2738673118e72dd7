import type { Sql } from "../../db/client.ts";
import { blockedIds } from "../../db/queries/blocks.ts";
import { findMessages, pageBefore, pageWithHead } from "../../db/queries/messages.ts";
import { readPointer } from "../../db/queries/reads.ts";
import { findLanguageRoom, findRoom, findSlugRoom, type FoundRoom } from "../../db/queries/rooms.ts";
import { AppError } from "../errors.ts";
import { partsOf, type RoomId, roomId, type UserId } from "../protocol/ids.ts";
import { HISTORY_PAGE } from "../protocol/limits.ts";
import type { Snapshot } from "../protocol/room_state.ts";
import type { LoungeView, Message, MyRoom, RoomInfo, RoomKind, RoomRole, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { demand, openRoom, SILENT, standingIn } from "./access.ts";
import { loungesWithPeople } from "./lounges.ts";
import { myRooms } from "./my_rooms.ts";

/** How a page names its room. */
export type RoomAddress =
  | { lounge: string; language: string }
  | { slug: string }
  | { id: string; kind: RoomKind };

export interface RoomPageData {
  snapshot: Snapshot;
  /** What the viewer is there. */
  role: RoomRole | null;
  /** There is a page of members and settings for them. */
  settings: boolean;
  /** Why nothing can be said, to somebody who may read. */
  readOnly?: string;
  lounges: LoungeView[];
  rooms: MyRoom[];
  /** Messages that are answered but stand outside the page, by id. */
  replied: Record<string, Message>;
  /** Whom the viewer has blocked: their messages fold away. */
  blocked: UserId[];
}

/**
 * A room as its page first shows it: the newest messages, or those before `before` (a seq), and who is there.
 * @throws AppError as {@link openRoom} and {@link demand} do
 */
export async function roomPage(
  services: Services,
  viewer: Viewer | null,
  address: RoomAddress,
  before?: number,
): Promise<RoomPageData> {
  const { sql, realtime } = services;
  const room = openRoom(await findAddressed(sql, address), services.clock());
  const standing = await standingIn(services.rooms, viewer, room);
  demand(viewer, "read", room, standing);
  const reader = viewer?.id ?? null;
  const [page, readSeq, lounges, rooms, here, blocked] = await Promise.all([
    pageWithHead(sql, room.id, { reader, limit: HISTORY_PAGE }),
    viewer ? readPointer(sql, viewer.id, room.id) : 0,
    loungesWithPeople(services),
    viewer ? myRooms(services, viewer) : [],
    realtime.people(room.id),
    viewer ? blockedIds(sql, viewer.id) : [],
  ]);
  const shown = before === undefined
    ? page
    : await pageBefore(sql, room.id, { reader, before, limit: HISTORY_PAGE });
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
  const replied = await repliedOutside(sql, room.id, messages);
  return {
    snapshot,
    role: standing.role,
    settings: room.kind !== "language" && room.kind !== "ghost",
    ...(standing.blocked && { readOnly: SILENT }),
    ...{ lounges, rooms, replied, blocked },
  };
}

/** A room by the name its page has, whoever asks. @throws AppError ROOM_NOT_FOUND, ROOM_EXPIRED, ROOM_INACTIVE */
export async function findOpenRoom({ sql, clock }: Services, address: RoomAddress): Promise<RoomInfo> {
  return openRoom(await findAddressed(sql, address), clock());
}

async function findAddressed(sql: Sql, address: RoomAddress): Promise<FoundRoom | null> {
  if ("lounge" in address) return await findLanguageRoom(sql, address.lounge, address.language);
  if ("slug" in address) return await findSlugRoom(sql, address.slug);
  const id = roomId.safeParse(address.id);
  if (!id.success) throw new AppError("ROOM_NOT_FOUND");
  const found = await findRoom(sql, id.data);
  return found?.info.kind === address.kind ? found : null;
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
