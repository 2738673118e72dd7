/** The REST calls of the chat page. */
import type { ErrorBody } from "../protocol/errors.ts";
import type { RoomId } from "../protocol/ids.ts";
import { HISTORY_PAGE } from "../protocol/limits.ts";
import type { HistoryPage } from "../protocol/types.ts";
import { Refusal } from "./refusal.ts";

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

type Envelope<Data> = { success: true; data: Data } | { success: false; error: ErrorBody };

/**
 * The `data` of an answer's envelope.
 * @throws {Refusal} with the server's code; DISCONNECTED without an answer; UNAVAILABLE when it was not ours
 * (a proxy's page, say)
 */
export async function call<Data>(fetch: Fetch, path: string, init?: RequestInit): Promise<Data> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch {
    throw new Refusal("DISCONNECTED", "The server cannot be reached.");
  }
  const envelope: Envelope<Data> | null = await response.json().catch(() => null);
  if (envelope?.success) return envelope.data;
  if (envelope?.error) {
    const { code, message, retryAfter } = envelope.error;
    throw new Refusal(code, message, retryAfter);
  }
  const code = response.status === 401 ? "UNAUTHENTICATED" : "UNAVAILABLE";
  throw new Refusal(code, "The server gave no proper answer.");
}

/**
 * A single-use ticket for the WebSocket upgrade, good for 30 s. A page that stayed open longer than its CSRF token is
 * good for asks for a new one, once a call.
 */
export function ticketCall(fetch: Fetch, csrfToken: string): () => Promise<{ token: string }> {
  let csrf = csrfToken;
  const ticket = () =>
    call<{ token: string }>(fetch, "/api/auth/ws-token", {
      method: "POST",
      headers: { "X-CSRF-Token": csrf },
    });
  return () =>
    ticket().catch(async (error) => {
      if (!(error instanceof Refusal) || error.code !== "CSRF_FAILED") throw error;
      csrf = (await call<{ csrfToken: string }>(fetch, "/api/auth/csrf", { method: "POST" })).csrfToken;
      return await ticket();
    });
}

/** The page of messages before `cursor`. */
export function historyCall(fetch: Fetch): (room: RoomId, cursor: string) => Promise<HistoryPage> {
  return (room, cursor) =>
    call(fetch, `/api/chatroom/rooms/${room}/messages?cursor=${cursor}&limit=${HISTORY_PAGE}`);
}
