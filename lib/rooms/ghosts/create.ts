import { createGhostRoom as insertGhostRoom } from "../../../db/queries/ghosts.ts";
import { AppError } from "../../errors.ts";
import type { NewGhostRoom } from "../../protocol/forms/ghosts.ts";
import { GHOST_CAPACITY, GHOST_TTL_HOURS } from "../../protocol/limits.ts";
import type { Viewer } from "../../protocol/types.ts";
import type { Services } from "../../services.ts";
import { purgeLater } from "./end.ts";
import { newOwnerKey, newToken, ownerKeyHash, tokenHash } from "./tokens.ts";

const NAME = "Ghost room";
const HOUR = 60 * 60_000;

/** A room just made. Only here can its token and key be read; from now on we know their hashes. */
export interface MadeGhostRoom {
  token: string;
  /** Closes the room before its time. */
  ownerKey: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
  createdAt: string;
  capacity: number;
  encrypted: boolean;
}

/**
 * Makes a ghost room, and sees to it that nothing of it is left when its time is over.
 * @throws AppError RATE_LIMIT_EXCEEDED; VALIDATION_FAILED for more than this server allows
 */
export async function createGhostRoom(
  services: Services,
  viewer: Viewer | null,
  address: string,
  wanted: NewGhostRoom,
): Promise<MadeGhostRoom> {
  const { sql, vault, clock, limits } = services;
  const { hours, capacity } = withinBounds(services, wanted);
  // Accounts are worth something; whoever has none is known by their address.
  await limits.spend("roomsCreated", viewer?.tier === "member" ? viewer.id : address);
  const [token, ownerKey] = [newToken(), newOwnerKey()];
  const { encrypted, keyCheck } = wanted;
  const createdAt = new Date(clock());
  const endsAt = new Date(createdAt.getTime() + hours * HOUR);
  const hashes = {
    tokenHash: await tokenHash(vault, token),
    ownerKeyHash: await ownerKeyHash(vault, ownerKey),
  };
  const room = { ...hashes, name: NAME, capacity, encrypted, keyCheck, createdAt, endsAt };
  await sql.begin(async (sql) => {
    await purgeLater(services, sql, await insertGhostRoom(sql, room), endsAt);
  });
  const times = { expiresAt: endsAt.toISOString(), createdAt: createdAt.toISOString() };
  return { token, ownerKey, ...times, capacity, encrypted };
}

function withinBounds({ config: { ghostRooms } }: Services, wanted: NewGhostRoom) {
  const { maxHours, maxCapacity } = ghostRooms;
  const fields: Record<string, string> = {};
  if ((wanted.ttlHours ?? 0) > maxHours) fields.ttlHours = `Rooms last at most ${maxHours} hours here.`;
  if ((wanted.capacity ?? 0) > maxCapacity) {
    fields.capacity = `Rooms hold at most ${maxCapacity} people here.`;
  }
  if (Object.keys(fields).length > 0) throw new AppError("VALIDATION_FAILED", { fields });
  return {
    hours: wanted.ttlHours ?? Math.min(GHOST_TTL_HOURS.default, maxHours),
    capacity: wanted.capacity ?? Math.min(GHOST_CAPACITY.default, maxCapacity),
  };
}
