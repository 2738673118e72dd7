import { roomsOf } from "../../db/queries/my_rooms.ts";
import { loadEmoji } from "../protocol/markdown/emoji.ts";
import { lastWords } from "../protocol/message_words.ts";
import { mayEnterLounge } from "../protocol/permissions.ts";
import type { MyRoom, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";

type ListServices = Pick<Services, "sql"> & { online: () => ReadonlyMap<MyRoom["id"], number> };

/** Where somebody is a member, and the lounges they were in as far as those are still open to them: the latest activity first. */
export async function listMyRooms({ sql, online }: ListServices, viewer: Viewer): Promise<MyRoom[]> {
  const here = online();
  const [rooms, emoji] = await Promise.all([roomsOf(sql, viewer.id), loadEmoji()]);
  return rooms
    .filter(({ lounge }) => !lounge || mayEnterLounge(viewer, lounge.ageRating))
    .map(({ last, ...room }) => ({
      ...room,
      online: here.get(room.id) ?? 0,
      ...(last && { last: lastWords(last, emoji) }),
    }));
}

/** {@link listMyRooms}, as routes ask for it. */
export function myRooms({ sql, realtime }: Services, viewer: Viewer): Promise<MyRoom[]> {
  return listMyRooms({ sql, online: () => realtime.onlineByRoom() }, viewer);
}
