import type { ErrorCode } from "../protocol/errors.ts";

/** Codes of ours: the connection went away before the answer, or no answer came in time. The frame may have worked. */
export type LostCode = "DISCONNECTED" | "TIMEOUT";

/** Why a frame or a request was not done. `message` is fit to show. */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly code: ErrorCode | LostCode,
    message: string,
    /** Seconds. */
    readonly retryAfter?: number,
    /** With DISCONNECTED: the WebSocket close code, when there was one. */
    readonly closeCode?: number,
  ) {
    super(message);
  }
}

/** Any thrown value as a Refusal; what is none counts as a lost connection. */
export function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal("DISCONNECTED", "The connection was lost.");
}

/** Asked again a little later, it may well work. */
export function isPassing({ code }: Refusal): boolean {
  return code === "TIMEOUT" || code === "UNAVAILABLE" || code === "INTERNAL" ||
    code === "RATE_LIMIT_EXCEEDED";
}
