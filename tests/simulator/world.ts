/** Who is there, and where: people, their sessions and rooms, written straight into the simulator's database. */
import type { Sql } from "../../db/client.ts";
import { joinRoom } from "../../db/queries/memberships.ts";
import { findRoom } from "../../db/queries/rooms.ts";
import { createSession } from "../../db/queries/sessions.ts";
import { createSlugRoom } from "../../db/queries/slug_rooms.ts";
import { findUser } from "../../db/queries/users.ts";
import { signAccessToken } from "../../lib/auth/tokens.ts";
import { systemClock } from "../../lib/clock.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { RoomInfo, Viewer } from "../../lib/protocol/types.ts";
import { makePeople, makeRooms } from "../db/people.ts";

const DAY = 86_400_000;

export interface Inhabitant {
  viewer: Viewer;
  sessionId: string;
}

export interface World {
  owner: Inhabitant;
  people: Inhabitant[];
  /** Members of the first guarded room who will be sent out of it. */
  outcasts: Inhabitant[];
  /** Anybody may be in these. */
  open: RoomInfo[];
  /** For members alone: everybody is one. */
  guarded: RoomInfo[];
}

export interface WorldSize {
  people: number;
  outcasts: number;
  open: number;
  guarded: number;
}

export async function makeWorld(sql: Sql, size: WorldSize): Promise<World> {
  const owner = (await makeInhabitants(sql, "owner", 1))[0]!;
  const people = await makeInhabitants(sql, "person", size.people);
  const outcasts = await makeInhabitants(sql, "outcast", size.outcasts);
  const guarded: RoomId[] = [];
  for (let index = 0; index < size.guarded; index++) {
    const room = { name: `members ${index}`, slug: `members-${index}`, visibility: "public" } as const;
    guarded.push((await createSlugRoom(sql, { ...room, creatorId: owner.viewer.id }))!);
    for (const { viewer } of [...people, ...outcasts]) await joinRoom(sql, guarded[index]!, viewer.id);
  }
  const infosOf = (ids: RoomId[]) => Promise.all(ids.map(async (id) => (await findRoom(sql, id))!.info));
  const open = await infosOf(await makeRooms(sql, size.open));
  return { owner, people, outcasts, open, guarded: await infosOf(guarded) };
}

async function makeInhabitants(sql: Sql, name: string, count: number): Promise<Inhabitant[]> {
  if (count === 0) return [];
  const ids = await makePeople(sql, ...Array.from({ length: count }, (_, index) => `${name} ${index}`));
  return await Promise.all(ids.map(async (userId) => {
    const id = crypto.randomUUID();
    const refreshHash = crypto.getRandomValues(new Uint8Array(32));
    const expiresAt = new Date(Date.now() + DAY);
    await createSession(sql, { id, userId, refreshHash, expiresAt, persistent: true });
    return { viewer: (await findUser(sql, userId))!, sessionId: id };
  }));
}

/** The simulator knows the server's secret: its people never come to the end of their access tokens. */
export function tokenOf({ sessionId }: Inhabitant, secret: string): Promise<string> {
  return signAccessToken(secret, sessionId, systemClock);
}
