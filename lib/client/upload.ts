/** Sends a file, and tells how far it has come: `fetch` cannot. */
import type { ErrorBody } from "../protocol/errors.ts";
import { Refusal } from "./refusal.ts";

export interface Sending {
  /** @param done 0 to 1, never less than before */
  onProgress?: (done: number) => void;
  /** Ends it. */
  signal?: AbortSignal;
}

type Envelope<Data> = { success: true; data: Data } | { success: false; error: ErrorBody };

/**
 * The `data` of the answer's envelope.
 * @throws {Refusal} with the server's code; DISCONNECTED without an answer, or when it was ended
 */
export function send<Data>(
  path: string,
  body: FormData | Blob,
  headers: Record<string, string>,
  { onProgress, signal }: Sending,
  method: "POST" | "PUT" = "POST",
): Promise<Data> {
  const request = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<Data>();
  const lost = () => reject(new Refusal("DISCONNECTED", "The server cannot be reached."));
  request.open(method, path);
  request.responseType = "json";
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.addEventListener(
    "progress",
    ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0),
  );
  request.addEventListener("load", () => {
    const envelope: Envelope<Data> | null = request.response;
    if (envelope?.success) return resolve(envelope.data);
    const { code, message, retryAfter } = envelope?.error ??
      { code: "UNAVAILABLE" as const, message: "The server gave no proper answer." };
    reject(new Refusal(code, message, retryAfter));
  });
  request.addEventListener("error", lost);
  request.addEventListener("abort", lost);
  signal?.addEventListener("abort", () => request.abort(), { once: true });
  if (signal?.aborted) lost();
  else request.send(body);
  return promise;
}
