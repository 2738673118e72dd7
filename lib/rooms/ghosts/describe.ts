import { ghostRoomState } from "../../../db/queries/ghosts.ts";
import { AppError } from "../../errors.ts";
import { GHOST_PLACE_SECONDS } from "../../protocol/limits.ts";
import type { Services } from "../../services.ts";
import { openGhostRoom } from "./tokens.ts";

/** What may be known of a ghost room at its door. Shape of `GET /api/rooms/:token`. */
export interface GhostRoomView {
  token: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
  createdAt: string;
  /** Places held now, and places in all. */
  participantCount: number;
  capacity: number;
  encrypted: boolean;
  /** Of an encrypted room: tells who holds its key that they do. */
  keyCheck?: string;
}

/** @throws AppError as {@link openGhostRoom} does */
export async function describeGhostRoom(
  services: Services,
  token: string,
  address: string,
): Promise<GhostRoomView> {
  const { id, endsAt, capacity, encrypted = false } = await openGhostRoom(services, token, address);
  const state = await ghostRoomState(services.sql, id, GHOST_PLACE_SECONDS);
  if (!state) throw new AppError("ROOM_NOT_FOUND");
  return {
    token,
    expiresAt: endsAt!,
    createdAt: state.createdAt.toISOString(),
    participantCount: state.places,
    capacity: capacity!,
    encrypted,
    ...(state.keyCheck !== null && { keyCheck: state.keyCheck }),
  };
}
