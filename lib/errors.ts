import { type ErrorBody, type ErrorCode, ERRORS } from "./protocol/errors.ts";

/** Marks an {@link AppError} across bundles: the built pages hold their own copy of this class. */
const BRAND = Symbol.for("parley.error");

interface Details {
  message?: string;
  fields?: Record<string, string>;
  /** Seconds. */
  retryAfter?: number;
}

/** A refusal that its asker may read. Anything else that is thrown leaves the server as `INTERNAL`, unexplained. */
export class AppError extends Error {
  readonly [BRAND] = true;
  readonly status: number;
  readonly fields?: Record<string, string>;
  readonly retryAfter?: number;

  constructor(readonly code: ErrorCode, details: Details = {}) {
    super(details.message ?? ERRORS[code][1]);
    this.name = "AppError";
    this.status = ERRORS[code][0];
    this.fields = details.fields;
    this.retryAfter = details.retryAfter;
  }
}

export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && BRAND in error;
}

/** What may be told of any thrown value: the whole of an {@link AppError}, nothing of others. */
export function errorBody(error: unknown): ErrorBody {
  if (!isAppError(error)) return { code: "INTERNAL", message: ERRORS.INTERNAL[1] };
  const { code, message, fields, retryAfter } = error;
  return { code, message, ...(fields && { fields }), ...(retryAfter !== undefined && { retryAfter }) };
}
