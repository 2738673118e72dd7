import { createSlugRoom as insertRoom, isSlugTaken } from "../../db/queries/slug_rooms.ts";
import { findRoom, findSlugRoom } from "../../db/queries/rooms.ts";
import { joinRoom } from "../../db/queries/memberships.ts";
import type { Queryable } from "../../db/client.ts";
import { AppError } from "../errors.ts";
import type { NewMessage } from "../protocol/events.ts";
import type { NewSlugRoom } from "../protocol/forms/rooms.ts";
import type { RoomId } from "../protocol/ids.ts";
import { roomId } from "../protocol/id_schemas.ts";
import { mayTakePart } from "../protocol/permissions.ts";
import type { RoomInfo, RoomRole, Viewer } from "../protocol/types.ts";
import type { Services } from "../services.ts";
import { demand } from "./access.ts";
import { changeHeld, type HeldRoom } from "./held_room.ts";
import { houseSays } from "./house.ts";
import { redeemInvite } from "./invites.ts";
import { slugsFor } from "./slugs.ts";

const ACCOUNT = "That takes an account. Guests can make theirs into one.";
const INVITE_ONLY = "This room is by invite only: ask somebody who is in it for a link.";
const OTHER_DOOR = "This room is not joined by its address.";

/**
 * A new room, owned by who makes it. Without a slug one is made from the name, varied until it is free.
 * @throws AppError FORBIDDEN for guests, SLUG_TAKEN for one that was asked for, RATE_LIMIT_EXCEEDED
 */
export async function createSlugRoom(
  services: Services,
  viewer: Viewer,
  input: NewSlugRoom,
): Promise<RoomInfo> {
  const { sql, limits, realtime } = services;
  if (!mayTakePart(viewer, "slug")) throw new AppError("FORBIDDEN", { message: ACCOUNT });
  // Asking for one that is taken costs nothing.
  if (input.slug !== undefined && await isSlugTaken(sql, input.slug)) throw slugTaken();
  await limits.spend("roomsCreated", viewer.id);
  const { room, opened } = await sql.begin((sql) => open(sql, viewer, input));
  realtime.announce(opened);
  realtime.rightsChanged(room.id, [viewer.id]);
  return room;
}

async function open(
  sql: Queryable,
  viewer: Viewer,
  { name, slug: wanted, visibility }: NewSlugRoom,
): Promise<{ room: RoomInfo; opened: NewMessage }> {
  for (const slug of wanted === undefined ? slugsFor(name) : [wanted]) {
    const id = await insertRoom(sql, { name, slug, visibility, creatorId: viewer.id });
    if (!id) continue;
    const opened = await houseSays(sql, id, `${viewer.name} opened this room.`, [viewer.id]);
    return { room: (await findRoom(sql, id))!.info, opened };
  }
  throw slugTaken();
}

/**
 * Comes into a public room, or by an invite into any. Who is in already stays what they are, and uses no invite up.
 * @throws AppError of room access, INVITE_NOT_FOUND, INVITE_EXPIRED, FORBIDDEN without an invite where it takes one
 */
export async function joinSlugRoom(
  services: Services,
  viewer: Viewer,
  roomId: RoomId,
  invite?: string,
): Promise<{ room: RoomInfo; role: RoomRole; joined: boolean }> {
  return await changeHeld(services, { viewer, roomId, affects: [viewer.id] }, async (held) => {
    const { sql, room, standing } = held;
    if (standing.role) return { room, role: standing.role, joined: false };
    demand(viewer, "join", room, standing);
    await passDoor(services, held, invite);
    await joinRoom(sql, roomId, viewer.id);
    return { room, role: "member", joined: true };
  });
}

async function passDoor(services: Services, { sql, room }: HeldRoom, invite?: string): Promise<void> {
  if (room.kind !== "slug") throw new AppError("FORBIDDEN", { message: OTHER_DOOR });
  if (invite !== undefined) await redeemInvite(services, sql, room.id, invite);
  else if (room.visibility !== "public") throw new AppError("FORBIDDEN", { message: INVITE_ONLY });
}

/** The room that an address means by its slug or its id; a slug always holds a letter. @throws AppError ROOM_NOT_FOUND */
export async function roomNamed({ sql }: Pick<Services, "sql">, name: string): Promise<RoomId> {
  const id = roomId.safeParse(name);
  if (id.success) return id.data;
  const found = await findSlugRoom(sql, name);
  if (!found) throw new AppError("ROOM_NOT_FOUND");
  return found.info.id;
}

export function slugTaken(): AppError {
  const message = "Another room has that address already.";
  return new AppError("SLUG_TAKEN", { message, fields: { slug: message } });
}
