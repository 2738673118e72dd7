import { findLoungeState } from "../../db/queries/lounges.ts";
import { listLounges } from "../../db/queries/rooms.ts";
import { AppError } from "../errors.ts";
import { mayEnterLounge } from "../protocol/permissions.ts";
import type { LoungeView, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { ASKED_FOR } from "./access.ts";

/**
 * All open lounges with their open language rooms, and how many people are in each now. RED ones are among them,
 * marked as such: that they exist is no secret, and what is said in them is not in here.
 */
export async function loungesWithPeople({ sql, realtime }: Services): Promise<LoungeView[]> {
  const online = realtime.onlineByRoom();
  return (await listLounges(sql)).map((lounge) => ({
    ...lounge,
    rooms: lounge.rooms.map((room) => ({ ...room, online: online.get(room.id) ?? 0 })),
  }));
}

/** One of them, named by its id or its slug. @throws AppError NOT_FOUND, ROOM_INACTIVE when it is archived */
export async function loungeWithPeople(services: Services, name: string): Promise<LoungeView> {
  const lounge = (await loungesWithPeople(services)).find(({ id, slug }) => id === name || slug === name);
  if (lounge) return lounge;
  const archived = (await findLoungeState(services.sql, name))?.archived;
  throw archived
    ? new AppError("ROOM_INACTIVE", { message: "This lounge is closed." })
    : new AppError("NOT_FOUND");
}

/** As {@link loungeWithPeople}, for somebody who wants to go in. @throws AppError UNAUTHENTICATED or FORBIDDEN too */
export async function enterLounge(
  services: Services,
  viewer: Viewer | null,
  name: string,
): Promise<LoungeView> {
  const lounge = await loungeWithPeople(services, name);
  if (mayEnterLounge(viewer, lounge.ageRating)) return lounge;
  throw viewer ? new AppError("FORBIDDEN", { message: ASKED_FOR }) : new AppError("UNAUTHENTICATED");
}
