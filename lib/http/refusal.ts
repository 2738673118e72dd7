import { isAppError } from "../errors.ts";
import type { ErrorCode } from "../protocol/errors.ts";

/** What a form says when it comes back. */
export interface Refusal {
  /** Field → what is wrong with it. */
  errors: Record<string, string>;
  /** What is wrong with the whole. */
  error?: string;
  status: number;
  headers: Headers;
}

/** Refusals that are about one field, whatever form it stands in. */
const ABOUT: Partial<Record<ErrorCode, string>> = {
  INVALID_CODE: "code",
  SECOND_FACTOR_FAILED: "code",
  WRONG_PASSWORD: "password",
};

/**
 * What a form has to say of a refusal: beside its fields what is wrong with them, above them what is wrong with the
 * whole, and of limits how long they last.
 * @throws what is no refusal
 */
export function refusalOf(thrown: unknown): Refusal {
  if (!isAppError(thrown)) throw thrown;
  const { code, status, message, fields = {}, retryAfter } = thrown;
  const headers = new Headers(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) });
  const { "": whole, ...errors } = fields;
  const about = ABOUT[code];
  if (about) errors[about] ??= message;
  if (retryAfter !== undefined) {
    return { errors, error: `Too many tries. ${again(retryAfter)}`, status, headers };
  }
  const beside = Object.keys(errors).length > 0;
  return { errors, error: whole ?? (beside ? undefined : message), status, headers };
}

/** `Try again in 12 minutes.` */
function again(seconds: number): string {
  if (seconds < 90) return `Try again in ${seconds} seconds.`;
  return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
}
