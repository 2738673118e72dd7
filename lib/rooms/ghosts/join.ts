import type { Queryable } from "../../../db/client.ts";
import { createGhost, takePlace } from "../../../db/queries/ghosts.ts";
import { createSession } from "../../../db/queries/sessions.ts";
import { signAccessToken } from "../../auth/tokens.ts";
import { GHOST_PLACE_SECONDS } from "../../protocol/limits.ts";
import type { RoomInfo } from "../../protocol/types.ts";
import type { Services } from "../../services.ts";
import { refuseOver } from "./over.ts";
import { demandPlace } from "./places.ts";
import { openGhostRoom } from "./tokens.ts";

export interface JoinedGhostRoom {
  /** A bearer token, for as long as the room is there. */
  sessionToken: string;
  /** As the room knows it. */
  nickname: string;
  roomToken: string;
}

/**
 * Milliseconds that sessions last longer than their room: who is connected when it ends is told so by the room, and not
 * that their session is over.
 */
const SESSION_REST = 60_000;

/**
 * Lets somebody into a ghost room: all of it or, when there is no place or the nickname is taken, nothing.
 * @throws AppError ROOM_FULL, NICKNAME_IN_USE, RATE_LIMIT_EXCEEDED, and those of {@link openGhostRoom}
 */
export async function joinGhostRoom(
  services: Services,
  token: string,
  address: string,
  nickname: string,
): Promise<JoinedGhostRoom> {
  const room = await openGhostRoom(services, token, address);
  await services.limits.spend("ghostJoin", address);
  const session = await services.sql.begin((sql) => enter(sql, room, nickname)) ??
    await refuseOver(services.rooms, room.id);
  return { sessionToken: await sessionToken(services, room, session), nickname, roomToken: token };
}

/** Ghost, place and session. @returns the session's id; `null` when the room has ended meanwhile */
async function enter(sql: Queryable, room: RoomInfo, name: string): Promise<string | null> {
  const endsAt = new Date(room.endsAt!);
  const ghost = await createGhost(sql, { roomId: room.id, name, expiresAt: endsAt });
  if (!ghost) return null;
  demandPlace(await takePlace(sql, room.id, ghost.id, GHOST_PLACE_SECONDS));
  const id = crypto.randomUUID();
  await createSession(sql, {
    id,
    userId: ghost.id,
    // Nothing refreshes it: these are the hash of no token. Nor is it kept where a ghost came from.
    refreshHash: crypto.getRandomValues(new Uint8Array(32)),
    expiresAt: new Date(endsAt.getTime() + SESSION_REST),
    persistent: false,
  });
  return id;
}

function sessionToken({ config, clock }: Services, room: RoomInfo, session: string): Promise<string> {
  const stay = { room: room.id, endsAt: Date.parse(room.endsAt!) };
  return signAccessToken(config.accessTokenSecret, session, clock, stay);
}
