/** The REST calls of the chat page. */
import type { ErrorBody } from "../protocol/errors.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { HISTORY_PAGE } from "../protocol/limits.ts";
import type { HistoryPage } from "../protocol/types.ts";
import { Refusal } from "./refusal.ts";

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

/** The browser's own, which minds what it is called on. */
export const browserFetch: Fetch = (path, init) => globalThis.fetch(path, init);

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

/** A call that changes something; `body` goes as JSON. @throws {Refusal} */
export type Write = <Data>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown) => Promise<Data>;

/** Does something with the page's CSRF token; with a new one, when that has grown old. */
export type WithCsrf = <Data>(attempt: (csrf: string) => Promise<Data>) => Promise<Data>;

/** A page that stayed open longer than its token is good for asks for a new one, once a call. */
export function withCsrf(fetch: Fetch, csrfToken: string): WithCsrf {
  let csrf = csrfToken;
  return (attempt) =>
    attempt(csrf).catch(async (error) => {
      if (!(error instanceof Refusal) || error.code !== "CSRF_FAILED") throw error;
      csrf = (await call<{ csrfToken: string }>(fetch, "/api/auth/csrf", { method: "POST" })).csrfToken;
      return await attempt(csrf);
    });
}

/** Calls that carry the page's CSRF token, as {@link withCsrf} has it. */
export function writeCall(fetch: Fetch, csrfToken: string): Write {
  const attempt = withCsrf(fetch, csrfToken);
  return <Data>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown) => {
    const json: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
    return attempt((csrf) =>
      call<Data>(fetch, path, {
        method,
        headers: { ...json, "X-CSRF-Token": csrf },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
    );
  };
}

/** A single-use ticket for the WebSocket upgrade, good for 30 s. */
export function ticketCall(write: Write): () => Promise<{ token: string }> {
  return () => write("POST", "/api/auth/ws-token");
}

/** My block list, asked for anew. */
export function blocksCall(fetch: Fetch): () => Promise<UserId[]> {
  return async () => (await call<{ id: UserId }[]>(fetch, "/api/me/blocks")).map(({ id }) => id);
}

/** The page of messages before `cursor`. */
export function historyCall(fetch: Fetch): (room: RoomId, cursor: string) => Promise<HistoryPage> {
  return (room, cursor) =>
    call(fetch, `/api/chatroom/rooms/${room}/messages?cursor=${cursor}&limit=${HISTORY_PAGE}`);
}

/** The page of messages after `cursor`. */
export function newerCall(fetch: Fetch): (room: RoomId, cursor: string) => Promise<HistoryPage> {
  return (room, cursor) =>
    call(fetch, `/api/chatroom/rooms/${room}/messages?after=${cursor}&limit=${HISTORY_PAGE}`);
}
