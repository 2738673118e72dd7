import { listLounges } from "../../db/queries/rooms.ts";
import type { LoungeView } from "../protocol/types.ts";
import type { Services } from "../services.ts";

/** All lounges with their language rooms, and how many people are in each now. */
export async function loungesWithPeople({ sql, realtime }: Services): Promise<LoungeView[]> {
  const online = realtime.onlineByRoom();
  return (await listLounges(sql)).map((lounge) => ({
    ...lounge,
    rooms: lounge.rooms.map((room) => ({ ...room, online: online.get(room.id) ?? 0 })),
  }));
}
