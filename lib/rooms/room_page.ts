import type { Sql } from "../../db/client.ts";
import { blockedIds } from "../../db/queries/blocks.ts";
import { findMessages, pageBefore, pageWithHead } from "../../db/queries/messages.ts";
import { messagesFrom, pageAround } from "../../db/queries/permalinks.ts";
import { readPointer } from "../../db/queries/reads.ts";
import { findLanguageRoom, findRoom, findSlugRoom, type FoundRoom } from "../../db/queries/rooms.ts";
import { AppError } from "../errors.ts";
import { type MessageId, partsOf, type RoomId, type UserId } from "../protocol/ids.ts";
import { roomId } from "../protocol/id_schemas.ts";
import { HISTORY_PAGE } from "../protocol/limits.ts";
import { may } from "../protocol/permissions.ts";
import type { Past, Snapshot } from "../protocol/room_state.ts";
import type { LoungeView, Message, MyRoom, RoomInfo, RoomKind, RoomRole, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { demand, openRoom, SILENT, standingIn } from "./access.ts";
import { knownOf, type KnownOfMessages } from "./known.ts";
import { loungesWithPeople } from "./lounges.ts";
import { myRooms } from "./my_rooms.ts";

/** A link to one of so many of the last messages opens the room with all of them. */
const LINKED_LIVE = 300;
/** Messages above the one that a link names, so that it does not stand at the very top. */
const ABOVE = 15;

/** How a page names its room. */
export type RoomAddress =
  | { lounge: string; language: string }
  | { slug: string }
  | { id: string; kind: RoomKind };

/** What of a room's messages a page shows: by default the newest. */
export interface RoomPlace {
  /** A seq: those before it. */
  before?: number;
  /** Those around it, beside the newest; or all from it on when it is among the last {@link LINKED_LIVE}. */
  message?: MessageId;
}

export interface RoomPageData {
  snapshot: Snapshot;
  /** The messages around the one of {@link RoomPlace}, when it is an old one. */
  past?: Past;
  /** What the viewer is there. */
  role: RoomRole | null;
  /** There is a page of members and settings for them. */
  settings: boolean;
  /** Why nothing can be said, to somebody who may read. */
  readOnly?: string;
  lounges: LoungeView[];
  rooms: MyRoom[];
  /** The page does not reach the newest message: history, without a socket. */
  older: boolean;
  /** The message of {@link RoomPlace}, when it is there. */
  lit?: MessageId;
  /** What the viewer may do with other people's messages. */
  rights: { pin: boolean; keepOrder: boolean };
  known: KnownOfMessages;
  /** Messages that are answered but stand outside the page, by id. */
  replied: Record<string, Message>;
  /** Whom the viewer has blocked: their messages fold away. */
  blocked: UserId[];
}

/**
 * A room as its page first shows it: the messages of that place, and who is there.
 * @throws AppError as {@link openRoom} and {@link demand} do
 */
export async function roomPage(
  services: Services,
  viewer: Viewer | null,
  address: RoomAddress,
  place: RoomPlace = {},
): Promise<RoomPageData> {
  const { sql, realtime } = services;
  const room = openRoom(await findAddressed(sql, address), services.clock());
  const standing = await standingIn(services.rooms, viewer, room);
  demand(viewer, "read", room, standing);
  const reader = viewer?.id ?? null;
  const [{ page, ...shown }, readSeq, lounges, rooms, here, blocked] = await Promise.all([
    messagesAt(sql, room.id, reader, place),
    viewer ? readPointer(sql, viewer.id, room.id) : 0,
    loungesWithPeople(services),
    viewer ? myRooms(services, viewer) : [],
    realtime.people(room.id),
    viewer ? blockedIds(sql, viewer.id) : [],
  ]);
  const { headSeq, messages, hasOlder } = page;
  const snapshot: Snapshot = {
    ...{ roomId: room.id, room, headSeq, readSeq, messages, hasOlder },
    members: here.people,
    presence: { online: here.online },
  };
  const all = shown.past ? [...shown.past.messages, ...messages] : messages;
  const replied = await repliedOutside(sql, room.id, all);
  return {
    snapshot,
    ...shown,
    role: standing.role,
    settings: room.kind !== "language" && room.kind !== "ghost",
    ...(standing.blocked && { readOnly: SILENT }),
    rights: {
      pin: may(viewer, "pin", room, standing),
      keepOrder: may(viewer, "delete_any", room, standing),
    },
    known: await knownOf(sql, room, [...all, ...Object.values(replied)]),
    ...{ lounges, rooms, replied, blocked },
  };
}

/** The messages of a place. A link to what is not there, or is of another room, leads to the newest. */
async function messagesAt(
  sql: Sql,
  id: RoomId,
  reader: UserId | null,
  { before, message }: RoomPlace,
): Promise<
  Pick<RoomPageData, "past" | "older" | "lit"> & { page: Awaited<ReturnType<typeof pageWithHead>> }
> {
  const newest = (limit = HISTORY_PAGE) => pageWithHead(sql, id, { reader, limit });
  if (before !== undefined) {
    const [{ headSeq }, page] = await Promise.all([
      newest(1),
      pageBefore(sql, id, { reader, before, limit: HISTORY_PAGE }),
    ]);
    return { page: { ...page, headSeq }, older: true };
  }
  const linked = message && partsOf(message);
  if (!linked || linked.roomId !== id) return { page: await newest(), older: false };
  const { seq } = linked;
  const count = await messagesFrom(sql, id, { seq, most: LINKED_LIVE });
  if (count === 0) return { page: await newest(), older: false };
  if (count <= LINKED_LIVE) {
    return { page: await newest(Math.max(HISTORY_PAGE, count + ABOVE)), older: false, lit: message };
  }
  // In this order: what happens between the two is told to the page, and only what comes after its head is.
  const page = await newest();
  const past = await pageAround(sql, id, { reader, seq, limit: HISTORY_PAGE });
  return { page, past, older: false, lit: message };
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
  messages: readonly Message[],
): Promise<Record<string, Message>> {
  const shown = new Set<string>(messages.map(({ id }) => id));
  const answered = messages.flatMap(({ replyTo }) =>
    replyTo && !shown.has(replyTo) ? [partsOf(replyTo).seq] : []
  );
  const found = answered.length > 0 ? await findMessages(sql, roomId, answered) : [];
  return Object.fromEntries(found.map((message) => [message.id, message]));
}
