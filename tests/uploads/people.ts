/** Files sent into rooms as programs send them, in three steps or in one. */
import { appendMessages } from "../../db/queries/append.ts";
import { deleteMessage } from "../../db/queries/messages.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import type { BegunUpload } from "../../lib/uploads/begin.ts";
import { type Member, member, type MemberOptions } from "../support/member.ts";
import type { Node } from "../support/node.ts";
import { bearerFetch } from "../support/rooms.ts";
import { dataOf, type Place } from "../support/visitor.ts";
import { join, slugRoom } from "../rooms/slug.ts";
import type { Bytes } from "../support/pictures.ts";

type Bearer = Pick<Member, "accessToken">;

/** A slug room with its owner in it, and others. */
export async function roomWith(node: Node, ...others: MemberOptions[]) {
  const owner = await member(node);
  const room = await slugRoom(node, owner);
  const people = await Promise.all(others.map((options) => member(node, options)));
  await join(node, room, ...people);
  return { room, owner, people };
}

export function begin(
  place: Place,
  who: Bearer | null,
  body: { roomId?: string; roomToken?: string; name?: string; size?: number; type?: string },
): Promise<Response> {
  return bearerFetch(place, who, "/api/upload/begin", { body: { name: "file.bin", ...body } });
}

export function put(place: Place, who: Bearer, id: string, body: BodyInit, more: RequestInit = {}) {
  const headers = { authorization: `Bearer ${who.accessToken}`, "content-type": "application/octet-stream" };
  return fetch(`${place.origin}/api/upload/${id}`, { method: "PUT", headers, body, ...more });
}

export function finish(place: Place, who: Bearer, id: string): Promise<Response> {
  return bearerFetch(place, who, `/api/upload/${id}/finish`);
}

export function cancel(place: Place, who: Bearer, id: string): Promise<Response> {
  return bearerFetch(place, who, `/api/upload/${id}`, { method: "DELETE" });
}

/** The first two steps. */
export async function sent(
  place: Place,
  who: Bearer,
  roomId: RoomId,
  bytes: Bytes,
  name = "file.bin",
): Promise<string> {
  const { id } = await dataOf<BegunUpload>(await begin(place, who, { roomId, name, size: bytes.length }));
  await dataOf(await put(place, who, id, bytes));
  return id;
}

/** All three. @returns the last answer */
export async function send(place: Place, who: Bearer, roomId: RoomId, bytes: Bytes, name?: string) {
  return await finish(place, who, await sent(place, who, roomId, bytes, name));
}

export async function sendOk(
  place: Place,
  who: Bearer,
  roomId: RoomId,
  bytes: Bytes,
  name?: string,
): Promise<Attachment> {
  return await dataOf(await send(place, who, roomId, bytes, name));
}

/** In one go, as a form. */
export async function sendForm(place: Place, who: Bearer, roomId: RoomId, bytes: Bytes, name = "file.bin") {
  const form = new FormData();
  form.set("roomId", roomId);
  form.set("file", new File([bytes], name));
  const headers = { authorization: `Bearer ${who.accessToken}` };
  return await fetch(`${place.origin}/api/upload`, { method: "POST", body: form, headers });
}

/** Somebody's message that shows this file. @returns its seq */
export async function show({ services: { sql } }: Node, who: Member, roomId: RoomId, file: Attachment) {
  const { url: _, thumbUrl: __, ...stored } = file;
  const [placed] = await appendMessages(sql, [{
    ...{ roomId, authorId: who.user.id, clientId: crypto.randomUUID(), kind: "FILE", body: "Look" },
    attachments: [stored],
  }]);
  return placed!.seq;
}

export async function unshow({ services: { sql } }: Node, who: Member, roomId: RoomId, seq: number) {
  await deleteMessage(sql, { roomId, seq, actorId: who.user.id });
}

/** A file's bytes as a program gets them, wherever that leads. */
export async function fetchFile(place: Place, who: Bearer | null, path: string, headers: HeadersInit = {}) {
  const known: HeadersInit = who ? { authorization: `Bearer ${who.accessToken}` } : {};
  const response = await fetch(place.origin + path, {
    // Pages send strangers to come in; what is looked at here is what they get of the file.
    redirect: path.endsWith("/thumb") || !who ? "manual" : "follow",
    headers: { ...known, ...headers },
  });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** Names of everything the disk holds of a room; sorted, without types. */
export function onDisk({ config: { dataDir } }: Node, roomId: RoomId): string[] {
  try {
    return [...Deno.readDirSync(`${dataDir}/files/rooms/${roomId}`)].map(({ name }) => name)
      .filter((name) => !name.endsWith(".type")).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
