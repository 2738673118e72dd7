/** Files on their way into a room: announced, sent with progress, finished, or taken back. */
import type { RoomId } from "../protocol/ids.ts";
import type { Attachment } from "../protocol/types.ts";
import { call, type Fetch, withCsrf } from "./api.ts";
import { browserTimers, type Timers } from "./environment.ts";
import { asRefusal, isPassing, Refusal } from "./refusal.ts";
import { send, type Sending } from "./upload.ts";

/** What a tray of files needs of a room. */
export interface RoomUploads {
  /**
   * Puts a file into the room, for a message to show.
   * @throws {Refusal} with words to show; DISCONNECTED when it was ended
   */
  send(file: File, sending: Sending): Promise<Attachment>;
}

interface Deps {
  fetch: Fetch;
  /** The page's. */
  csrf: string;
  roomId: RoomId;
  timers?: Timers;
  /** Sends a body with progress. */
  transport?: typeof send;
}

interface Begun {
  id: string;
  uploadUrl: string;
}

/** Asking again for what may be done already: milliseconds of the first wait, and how many times. */
const FIRST_WAIT = 1_000;
const TRIES = 4;

type Ask = <Data>(
  method: string,
  path: string,
  more?: { body?: unknown; signal?: AbortSignal },
) => Promise<Data>;

export function roomUploads(
  { fetch, csrf, roomId, timers = browserTimers, transport = send }: Deps,
): RoomUploads {
  const attempt = withCsrf(fetch, csrf);
  const ask: Ask = <Data>(method: string, path: string, { body, signal }: Parameters<Ask>[2] = {}) =>
    attempt((token) => {
      const type: Record<string, string> = body === undefined ? {} : { "Content-Type": "application/json" };
      const headers = { "X-CSRF-Token": token, ...type };
      return call<Data>(fetch, path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
      });
    });
  return {
    async send(file, { onProgress, signal }) {
      const body = { roomId, name: file.name, size: file.size };
      const { id, uploadUrl } = await ask<Begun>("POST", "/api/upload/begin", { body, signal });
      try {
        await attempt((token) =>
          transport(uploadUrl, file, { "X-CSRF-Token": token }, { onProgress, signal }, "PUT")
        );
        return await finish(ask, timers, id, signal);
      } catch (error) {
        // The server forgets it by itself too, only later.
        ask("DELETE", `/api/upload/${id}`).catch(() => {});
        throw signal?.aborted ? new Refusal("DISCONNECTED", "It was taken back.") : error;
      }
    },
  };
}

/** The server answers the same however often it is asked, so a lost answer is asked for again. */
async function finish(ask: Ask, timers: Timers, id: string, signal?: AbortSignal): Promise<Attachment> {
  for (let tried = 1;; tried++) {
    try {
      return await ask<Attachment>("POST", `/api/upload/${id}/finish`, { signal });
    } catch (error) {
      const refusal = asRefusal(error);
      const again = refusal.code === "UPLOAD_BUSY" || refusal.code === "DISCONNECTED" || isPassing(refusal);
      if (!again || tried === TRIES || signal?.aborted) throw refusal;
      const wait = FIRST_WAIT * Math.max(refusal.retryAfter ?? 0, 2 ** (tried - 1));
      await new Promise<void>((done) => timers.after(wait, done));
    }
  }
}
