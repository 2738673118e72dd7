/** Ghost rooms and those who are in them, made as clients make them. */
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { GhostRoomView } from "../../lib/rooms/ghosts/describe.ts";
import { createGhostRoom, type MadeGhostRoom } from "../../lib/rooms/ghosts/create.ts";
import type { JoinedGhostRoom } from "../../lib/rooms/ghosts/join.ts";
import { roomOfToken } from "../../lib/rooms/ghosts/tokens.ts";
import type { Node } from "../support/node.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { dataOf, type Place } from "../support/visitor.ts";

/** What a browser would have made from its key. */
export const KEY_CHECK = "abcdefghij-_ABCDEFGHIJ";
/** As long as the shortest that a browser sends. */
export const SEALED = `e1.${"A".repeat(16)}.${"b".repeat(364)}`;

export interface Ghost extends JoinedGhostRoom {
  /** The session token, as sockets know it. */
  accessToken: string;
}

/** A request without cookies, as ghosts and programs make it. */
export function ask(
  place: Place,
  path: string,
  { method = "GET", body, bearer }: { method?: string; body?: unknown; bearer?: string } = {},
): Promise<Response> {
  const headers: Record<string, string> = {};
  if (bearer !== undefined) headers.authorization = `Bearer ${bearer}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  return fetch(place.origin + path, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
}

export function post(place: Place, path: string, body: unknown = {}, bearer?: string): Promise<Response> {
  return ask(place, path, { method: "POST", body, bearer });
}

export async function ghostRoom(place: Place, wishes: Record<string, unknown> = {}): Promise<MadeGhostRoom> {
  return await dataOf(await post(place, "/api/rooms", wishes));
}

export async function encryptedRoom(
  place: Place,
  wishes: Record<string, unknown> = {},
): Promise<MadeGhostRoom> {
  return await ghostRoom(place, { ...wishes, encrypted: true, keyCheck: KEY_CHECK });
}

/** A room that ends in a moment; nobody could ask for that by REST. */
export async function briefRoom(
  { services }: Node,
  { seconds, encrypted = false, capacity }: { seconds: number; encrypted?: boolean; capacity?: number },
): Promise<MadeGhostRoom> {
  const key = encrypted ? { keyCheck: KEY_CHECK } : {};
  return await createGhostRoom(services, null, "127.0.0.1", {
    ttlHours: seconds / 3600,
    encrypted,
    capacity,
    ...key,
  });
}

export function tryJoin(place: Place, token: string, nickname: unknown): Promise<Response> {
  return post(place, `/api/rooms/${token}/join`, { nickname });
}

export async function ghost(place: Place, token: string, nickname: string): Promise<Ghost> {
  const joined = await dataOf<JoinedGhostRoom>(await tryJoin(place, token, nickname));
  return { ...joined, accessToken: joined.sessionToken };
}

export async function look(place: Place, token: string): Promise<GhostRoomView> {
  return await dataOf(await ask(place, `/api/rooms/${token}`));
}

/** A ghost's socket, in their room. */
export interface GhostSocket extends TestSocket {
  roomId: RoomId;
  userId: UserId;
}

export async function connectGhost(place: Place, who: Ghost): Promise<GhostSocket> {
  const socket = await connect(place, who);
  await socket.done({ type: "join_room", id: "in", roomToken: who.roomToken });
  const { roomId } = await socket.take("room_joined", ({ id }) => id === "in");
  return Object.assign(socket, { roomId, userId: socket.welcome.user.id });
}

/** The room's id, which only those in it get to know. */
export function idOf({ services }: Node, token: string): Promise<RoomId> {
  return roomOfToken(services, token);
}

/** Puts the moment at which somebody was seen last so many seconds back. */
export async function lastSeen(
  { services: { sql } }: Node,
  nickname: string,
  secondsAgo: number,
): Promise<void> {
  await sql`
    update memberships m set last_seen_at = clock_timestamp() - make_interval(secs => ${secondsAgo})
    from users u where u.id = m.user_id and u.name = ${nickname}`;
}

/** The room's time was over a while ago, and nobody has cleaned up. */
export async function expire(nodes: Node[], roomId: RoomId, seconds = 1): Promise<void> {
  const { sql } = nodes[0]!.services;
  await sql`
    update rooms set ends_at = clock_timestamp() - make_interval(secs => ${seconds}) where id = ${roomId}`;
  for (const { services } of nodes) services.rooms.forget(roomId);
}

export async function upload(
  place: Place,
  who: Pick<Ghost, "sessionToken" | "roomToken">,
  bytes: Uint8Array<ArrayBuffer> | null,
  { name = "notes.txt", type = "text/plain", roomToken = who.roomToken }: {
    name?: string;
    type?: string;
    roomToken?: string;
  } = {},
): Promise<Response> {
  const form = new FormData();
  form.set("roomToken", roomToken);
  if (bytes) form.set("file", new File([bytes], name, { type }));
  const headers = { authorization: `Bearer ${who.sessionToken}` };
  return await fetch(`${place.origin}/api/upload`, { method: "POST", body: form, headers });
}

/** Says something that shows a file. @returns the message's id */
export async function showFile(socket: GhostSocket, fileId: string, body = "Look at this"): Promise<string> {
  const frame = { type: "send_message", roomId: socket.roomId, clientId: crypto.randomUUID(), body } as const;
  return (await socket.done({ ...frame, attachments: [fileId] })).messageId!;
}
