import { ERRORS } from "../protocol/errors.ts";
import { errorBody } from "../errors.ts";

/** `{"success": true, "data": …}`. */
export function ok(data: unknown, init?: ResponseInit): Response {
  return Response.json({ success: true, data }, init);
}

/** `{"success": false, "error": …}` with the status of its code; what was not meant to be told is not. */
export function failure(error: unknown, headers = new Headers()): Response {
  const body = errorBody(error);
  if (body.retryAfter !== undefined) headers.set("retry-after", String(body.retryAfter));
  return Response.json({ success: false, error: body }, { status: ERRORS[body.code][0], headers });
}
