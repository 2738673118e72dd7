/** Rooms of each kind, made as programs make them; slug rooms are in tests/rooms/slug.ts. */
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { dataOf, type Place } from "./visitor.ts";

/** Anybody with a bearer token. */
export interface Bearer {
  accessToken: string;
}

/** A request of a program, to whichever node. */
export async function bearerFetch(
  place: Place,
  who: Bearer | null,
  path: string,
  { method = "POST", body }: { method?: string; body?: Record<string, unknown> } = {},
): Promise<Response> {
  const headers: Record<string, string> = who ? { authorization: `Bearer ${who.accessToken}` } : {};
  if (body) headers["content-type"] = "application/json";
  return await fetch(place.origin + path, {
    ...{ method, headers, redirect: "manual" },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Makes the password room of this name, or enters it. */
export async function passwordRoom(
  place: Place,
  who: Bearer,
  roomName: string,
  password: string,
): Promise<RoomInfo> {
  const answer = await bearerFetch(place, who, "/join", { body: { roomName, password } });
  return (await dataOf<{ room: RoomInfo }>(answer)).room;
}

/** The conversation of these people. */
export async function directRoom(place: Place, who: Bearer, ...others: { user: { id: string } }[]) {
  const body = { userIds: others.map(({ user }) => user.id) };
  return (await dataOf<{ room: RoomInfo }>(await bearerFetch(place, who, "/api/rooms/direct", { body })))
    .room;
}

export interface MadeGhostRoom {
  token: string;
  ownerKey: string;
}

/** A plain ghost room, unless something else is wanted. */
export async function ghostRoom(
  place: Place,
  wanted: { ttlHours?: number; capacity?: number; encrypted?: boolean; keyCheck?: string } = {},
): Promise<MadeGhostRoom> {
  return await dataOf<MadeGhostRoom>(await bearerFetch(place, null, "/api/rooms", { body: wanted }));
}

/** Somebody who comes into a ghost room. */
export async function ghostIn(
  place: Place,
  { token }: Pick<MadeGhostRoom, "token">,
  nickname: string,
): Promise<Bearer> {
  const answer = await bearerFetch(place, null, `/api/rooms/${token}/join`, { body: { nickname } });
  return { accessToken: (await dataOf<{ sessionToken: string }>(answer)).sessionToken };
}
