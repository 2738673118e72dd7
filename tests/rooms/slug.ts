/** Slug rooms and what is done in them, as programs do it. */
import type { NewSlugRoom, RoomDetails } from "../../lib/protocol/forms/rooms.ts";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import type { Member } from "../support/member.ts";
import { dataOf, type Place, Visitor } from "../support/visitor.ts";

/** Anybody with an access token. */
export type Bearer = Pick<Member, "accessToken"> | null;

/** A request by bearer token, to whichever node. */
export async function ask(
  place: Place,
  who: Bearer,
  method: string,
  path: string,
  body?: Record<string, unknown>,
): Promise<Response> {
  const headers: Record<string, string> = who ? { authorization: `Bearer ${who.accessToken}` } : {};
  if (body) headers["content-type"] = "application/json";
  return await new Visitor(place).fetch(path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** A room that somebody owns. */
export async function slugRoom(
  place: Place,
  owner: Bearer,
  more: Partial<NewSlugRoom> = {},
): Promise<RoomInfo & { slug: string }> {
  const body = { name: "Book club", visibility: "public", ...more };
  const { room } = await dataOf<{ room: RoomInfo & { slug: string } }>(
    await ask(place, owner, "POST", "/api/rooms/slug", body),
  );
  return room;
}

/** `POST /api/rooms/slug/<room>/<action>`. */
export function act(
  place: Place,
  who: Bearer,
  room: { id: string },
  action: string,
  body: Record<string, unknown> = {},
): Promise<Response> {
  return ask(place, who, "POST", `/api/rooms/slug/${room.id}/${action}`, body);
}

export async function join(place: Place, room: { id: string }, ...people: Bearer[]): Promise<void> {
  for (const who of people) await dataOf(await act(place, who, room, "join"));
}

export async function detailsOf(place: Place, who: Bearer, room: { id: string }): Promise<RoomDetails> {
  return await dataOf<RoomDetails>(await ask(place, who, "GET", `/api/rooms/slug/${room.id}`));
}

/** Name → role, of those who are in it. */
export async function rolesOf(
  place: Place,
  who: Bearer,
  room: { id: string },
): Promise<Record<string, string>> {
  const { members = [] } = await detailsOf(place, who, room);
  return Object.fromEntries(members.map(({ name, role }) => [name, role]));
}
