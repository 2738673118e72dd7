import { isAppError } from "../errors.ts";
import type { Exchange } from "./exchange.ts";

/** Writes down what nobody outside is told. Refusals are ordinary and are not logged as errors. */
export function logFailure({ services, requestId }: Exchange, error: unknown): void {
  if (isAppError(error) || isFrameworkError(error)) return;
  const detail = error instanceof Error ? error.stack : String(error);
  services.log.error({ request: requestId, error: detail }, "a request failed");
}

/** Fresh's own 404 and 405. */
export function isFrameworkError(error: unknown): error is Error & { status: number } {
  return error instanceof Error && "status" in error && typeof error.status === "number";
}
