/** The links of ghost rooms: whoever has one may come in, and nobody learns from us what links there are. */
import type { Sql } from "../../../db/client.ts";
import { findGhostRoom, type FoundRoom } from "../../../db/queries/rooms.ts";
import { encodeBase64Url } from "../../base64url.ts";
import type { Clock } from "../../clock.ts";
import { AppError } from "../../errors.ts";
import type { Limits } from "../../http/limits.ts";
import { roomToken } from "../../protocol/frames.ts";
import type { RoomId } from "../../protocol/ids.ts";
import { roomId } from "../../protocol/id_schemas.ts";
import type { RoomInfo } from "../../protocol/types.ts";
import type { Vault } from "../../vault/vault.ts";
import { openRoom } from "../access.ts";

/** 128 bits: 22 characters. */
const TOKEN_BYTES = 16;
const OWNER_KEY_BYTES = 32;

export function newToken(): string {
  return `ghost-${encodeBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)))}`;
}

/** Closes its room before its time. */
export function newOwnerKey(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(OWNER_KEY_BYTES)));
}

/** The keyed hash that a ghost room's link is known by: who reads the database enters no room. */
export function tokenHash(vault: Vault, token: string): Promise<Uint8Array> {
  return vault.index("ghost room", token);
}

export function ownerKeyHash(vault: Vault, ownerKey: string): Promise<Uint8Array> {
  return vault.index("ghost room owner", ownerKey);
}

/**
 * The room that a ghost means by its token.
 * @throws AppError ROOM_NOT_FOUND
 */
export async function roomOfToken(services: { sql: Sql; vault: Vault }, token: string): Promise<RoomId> {
  const found = await lookUp(services, token);
  if (!found) throw new AppError("ROOM_NOT_FOUND");
  return found.info.id;
}

interface DoorServices {
  sql: Sql;
  vault: Vault;
  clock: Clock;
  limits: Limits;
}

/**
 * The room behind a link, for somebody at the door.
 * @param address whose wrong tokens are counted
 * @throws AppError ROOM_NOT_FOUND, ROOM_EXPIRED, ROOM_INACTIVE, RATE_LIMIT_EXCEEDED
 */
export async function openGhostRoom(
  services: DoorServices,
  token: string,
  address: string,
): Promise<RoomInfo> {
  const found = await lookUp(services, token);
  if (!found) return await refuseToken(services, address);
  return openRoom(found, services.clock());
}

/**
 * A room as addresses name it: by its token when it is a ghost room, else by its id. Whether it is open, and to whom, is
 * not said.
 * @throws AppError ROOM_NOT_FOUND, RATE_LIMIT_EXCEEDED
 */
export async function roomNamed(services: DoorServices, name: string, address: string): Promise<RoomId> {
  const id = roomId.safeParse(name);
  if (id.success) return id.data;
  return (await lookUp(services, name))?.info.id ?? await refuseToken(services, address);
}

async function lookUp({ sql, vault }: { sql: Sql; vault: Vault }, token: string): Promise<FoundRoom | null> {
  return roomToken.safeParse(token).success ? await findGhostRoom(sql, await tokenHash(vault, token)) : null;
}

/** Right tokens cost nothing; who tries many wrong ones is looking for somebody else's room. */
async function refuseToken({ limits }: DoorServices, address: string): Promise<never> {
  await limits.spend("wrongRoomToken", address);
  throw new AppError("ROOM_NOT_FOUND");
}
