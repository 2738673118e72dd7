/** What people are told whose file is not taken. */
import { AppError } from "../errors.ts";

export function tooLarge(maxBytes: number): AppError {
  const message = `That file is too large: at most ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
  return new AppError("PAYLOAD_TOO_LARGE", { message });
}

/** The place that was kept for it is smaller. */
export function overrun(): AppError {
  return new AppError("PAYLOAD_TOO_LARGE", {
    message: "That file has become larger than it said at first. Send it again.",
  });
}

export function incomplete(): AppError {
  return new AppError("BAD_REQUEST", { message: "That file did not arrive whole. Send it again." });
}

/** It was taken back, or took too long. */
export function gone(): AppError {
  return new AppError("NOT_FOUND", {
    message: "This upload is not waited for any more. Send the file again.",
  });
}

export function refuseFile(message: string): AppError {
  return new AppError("VALIDATION_FAILED", { message, fields: { file: message } });
}
