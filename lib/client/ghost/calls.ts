/**
 * The REST calls of ghost rooms. None of them sends cookies: who is signed in elsewhere on this site is nobody in here,
 * and a ghost is known by its session token alone.
 */
import { HISTORY_PAGE } from "../../protocol/limits.ts";
import type { HistoryPage } from "../../protocol/types.ts";
import { call, type Fetch } from "../api.ts";

/** What may be known of a ghost room before one is in it. Shape of `GET /api/rooms/:token`. */
export interface GhostRoomInfo {
  token: string;
  /** ISO 8601, UTC. */
  expiresAt: string;
  createdAt: string;
  /** Places taken, and places in all. */
  participantCount: number;
  capacity: number;
  encrypted: boolean;
  /** Of an encrypted room: see `keyCheckOf`. */
  keyCheck?: string;
}

export interface GhostRoomWishes {
  ttlHours: number;
  capacity: number;
  encrypted?: boolean;
  keyCheck?: string;
}

/** Whoever has the `ownerKey` may close the room before its time. */
export interface MadeGhostRoom {
  token: string;
  ownerKey: string;
}

export interface GhostSession {
  sessionToken: string;
  nickname: string;
}

/** What anybody may ask who has the link. All throw a {@link Refusal}. */
export function ghostCalls(fetch: Fetch) {
  const post = <Data>(path: string, body: unknown) =>
    call<Data>(fetch, path, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    make: (wishes: GhostRoomWishes) => post<MadeGhostRoom>("/api/rooms", wishes),
    look: (token: string) => call<GhostRoomInfo>(fetch, `/api/rooms/${token}`, { credentials: "omit" }),
    join: (token: string, nickname: string) => post<GhostSession>(`/api/rooms/${token}/join`, { nickname }),
    /** For everybody, and for good. */
    close: (token: string, ownerKey: string) => post<unknown>(`/api/rooms/${token}/close`, { ownerKey }),
  };
}

/** What a ghost may ask in their room. All throw a {@link Refusal}. */
export function ghostSessionCalls(fetch: Fetch, token: string, sessionToken: string) {
  const headers = { Authorization: `Bearer ${sessionToken}` };
  const asked = <Data>(path: string, init: RequestInit = {}) =>
    call<Data>(fetch, path, { ...init, credentials: "omit", headers });
  return {
    /** What a request of theirs carries. */
    headers,
    ticket: () => asked<{ token: string }>("/api/auth/ws-token", { method: "POST" }),
    /** Frees the place at once. */
    leave: () => asked<unknown>(`/api/rooms/${token}/leave`, { method: "POST" }),
    /** @param before seq of the oldest message that is there already */
    history: async (before: string): Promise<HistoryPage> => {
      const query = `?limit=${HISTORY_PAGE}&before=${before}`;
      return await asked<HistoryPage>(`/api/messages/${token}${query}`);
    },
    /** A file's bytes, as the server has them. */
    file: async (address: string): Promise<Blob> => {
      const response = await fetch(address, { credentials: "omit", headers });
      if (response.ok) return await response.blob();
      await response.body?.cancel();
      throw new Error(`no file: ${response.status}`);
    },
  };
}

export type GhostSessionCalls = ReturnType<typeof ghostSessionCalls>;
