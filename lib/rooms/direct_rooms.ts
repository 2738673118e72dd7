import {
  blockedBetween,
  createDirectRoom,
  findAddressees,
  findDirectRoom,
} from "../../db/queries/direct_rooms.ts";
import { joinRoom } from "../../db/queries/memberships.ts";
import { AppError } from "../errors.ts";
import type { OpenDirect } from "../protocol/forms/direct_rooms.ts";
import type { UserId } from "../protocol/ids.ts";
import { DIRECT_MAX } from "../protocol/limits.ts";
import { mayTakePart } from "../protocol/permissions.ts";
import type { RoomInfo, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { accessRoom } from "./access.ts";

/** Whichever of the two has blocked the other. */
const OUT_OF_REACH = {
  one: "You cannot write to this person.",
  some: "You cannot write to everybody of these.",
};

/**
 * The room in which exactly these people write to each other: the one there is, or a new one.
 * @throws AppError VALIDATION_FAILED for people who are not there, FORBIDDEN for guests and where somebody has blocked
 * somebody, RATE_LIMIT_EXCEEDED
 */
export async function openDirectRoom(
  services: Services,
  viewer: Viewer,
  wanted: OpenDirect,
): Promise<{ room: RoomInfo; created: boolean }> {
  const { sql, limits, realtime, rooms } = services;
  if (!mayTakePart(viewer, "direct")) throw new AppError("FORBIDDEN");
  const others = await addressees(services, viewer, wanted);
  if ((await blockedBetween(sql, viewer.id, others)).length > 0) {
    throw new AppError("FORBIDDEN", { message: others.length === 1 ? OUT_OF_REACH.one : OUT_OF_REACH.some });
  }
  const people: [UserId, ...UserId[]] = [viewer.id, ...others];
  const known = await findDirectRoom(sql, people);
  if (!known) await limits.spend("directOpened", viewer.id);
  const { id, created } = known ? { id: known, created: false } : await createDirectRoom(sql, people);
  // Who had left comes back by asking for it.
  const returned = !created && await joinRoom(sql, id, viewer.id);
  if (created || returned) realtime.rightsChanged(id, created ? people : [viewer.id]);
  return { room: await accessRoom(rooms, viewer, "read", id), created };
}

async function addressees({ sql }: Services, viewer: Viewer, wanted: OpenDirect): Promise<UserId[]> {
  const found = await findAddressees(sql, wanted);
  const known = new Set(found.flatMap(({ id, username }) => [id, username?.toLowerCase()]));
  const missing = [...wanted.userIds, ...wanted.usernames].filter((name) => !known.has(name.toLowerCase()));
  if (missing.length > 0) throw refused(`There is nobody here called ${missing.join(", ")}.`);
  const others = found.map(({ id }) => id).filter((id) => id !== viewer.id);
  if (others.length === 0) throw refused("Write to somebody else than yourself.");
  if (others.length >= DIRECT_MAX) throw refused(`Write to at most ${DIRECT_MAX - 1} people at once.`);
  return others;
}

function refused(message: string): AppError {
  return new AppError("VALIDATION_FAILED", { message, fields: { usernames: message } });
}
