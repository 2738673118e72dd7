/** Invite links into slug rooms. */
import type { Queryable } from "../../db/client.ts";
import {
  addInvite,
  findInvite,
  invitesOf,
  revokeInvite as markRevoked,
  useInvite,
} from "../../db/queries/invites.ts";
import { countMembers } from "../../db/queries/memberships.ts";
import { findRoom } from "../../db/queries/rooms.ts";
import { encodeBase64Url } from "../base64url.ts";
import { AppError } from "../errors.ts";
import type { Invite, InvitedTo, MadeInvite, NewInvite } from "../protocol/forms/rooms.ts";
import type { RoomId } from "../protocol/ids.ts";
import { may } from "../protocol/permissions.ts";
import type { RoomInfo, Standing, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { accessRoom, accessWithStanding, openRoom } from "./access.ts";

const HOUR = 60 * 60_000;
/** 256 bits, base64url. */
const TOKEN = /^[\w-]{43}$/;
const ARCHIVED = "This room is archived: nobody new comes in.";

/**
 * A new link. It is told this once: only its keyed hash is kept.
 * @throws AppError of room access, RATE_LIMIT_EXCEEDED
 */
export async function makeInvite(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  { hours, uses }: NewInvite,
): Promise<MadeInvite> {
  await accessRoom(services.rooms, viewer, "invite", roomId);
  await services.limits.spend("invitesCreated", viewer.id);
  const [id, token, now] = [crypto.randomUUID(), newToken(), services.clock()];
  const expiresAt = hours === undefined ? null : new Date(now + hours * HOUR);
  const maxUses = uses ?? null;
  await addInvite(services.sql, {
    ...{ id, roomId, expiresAt, maxUses },
    tokenHash: await hashOf(services, token),
    createdBy: viewer.id,
    createdAt: new Date(now),
  });
  const link = `${services.config.publicUrl}/i/${token}`;
  return { id, link, token, expiresAt: expiresAt?.toISOString() ?? null, maxUses };
}

/** Those that can still be used: one's own, and for those who keep order everybody's. @throws AppError of room access */
export async function listInvites(services: Services, viewer: Viewer, roomId: RoomId): Promise<Invite[]> {
  const { room, standing } = await accessWithStanding(services.rooms, viewer, "invite", roomId);
  return await invitesShown(services, viewer, room, standing);
}

/** As {@link listInvites}, for who has been let in already. */
export function invitesShown(
  { sql, clock }: Services,
  viewer: Viewer,
  room: RoomInfo,
  standing: Standing,
): Promise<Invite[]> {
  const own = may(viewer, "kick", room, standing) ? {} : { createdBy: viewer.id };
  return invitesOf(sql, { roomId: room.id, now: new Date(clock()), ...own });
}

/** Takes a link back: one's own, or as one who keeps order anybody's. @throws AppError of room access, INVITE_NOT_FOUND */
export async function revokeInvite(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  id: string,
): Promise<void> {
  const { room, standing } = await accessWithStanding(services.rooms, viewer, "invite", roomId);
  const own = may(viewer, "kick", room, standing) ? {} : { createdBy: viewer.id };
  const known = /^[0-9a-f-]{36}$/i.test(id) &&
    await markRevoked(services.sql, { roomId, id, now: new Date(services.clock()), ...own });
  if (!known) throw new AppError("INVITE_NOT_FOUND");
}

/**
 * What a link leads to, for whoever holds it.
 * @throws AppError INVITE_NOT_FOUND, INVITE_EXPIRED, ROOM_INACTIVE
 */
export async function invitedTo(services: Services, token: string): Promise<InvitedTo> {
  const { sql, clock } = services;
  const found = TOKEN.test(token) && await findInvite(sql, await hashOf(services, token), new Date(clock()));
  if (!found) throw new AppError("INVITE_NOT_FOUND");
  if (!found.usable) throw new AppError("INVITE_EXPIRED");
  const room = openRoom(await findRoom(sql, found.roomId), clock());
  if (room.archived) throw new AppError("ROOM_INACTIVE", { message: ARCHIVED });
  const memberCount = await countMembers(sql, room.id);
  return { room, memberCount, expiresAt: found.expiresAt?.toISOString() ?? null };
}

/**
 * Uses an invite up by one, in the transaction in which its holder comes in.
 * @throws AppError INVITE_NOT_FOUND, INVITE_EXPIRED
 */
export async function redeemInvite(
  services: Services,
  sql: Queryable,
  roomId: RoomId,
  token: string,
): Promise<void> {
  if (!TOKEN.test(token)) throw new AppError("INVITE_NOT_FOUND");
  const [tokenHash, now] = [await hashOf(services, token), new Date(services.clock())];
  if (await useInvite(sql, { roomId, tokenHash, now })) return;
  const found = await findInvite(sql, tokenHash, now);
  throw new AppError(found?.roomId === roomId ? "INVITE_EXPIRED" : "INVITE_NOT_FOUND");
}

function newToken(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function hashOf({ vault }: Services, token: string): Promise<Uint8Array> {
  return vault.index("room invite", token);
}
