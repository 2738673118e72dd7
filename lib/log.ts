import { type Logger, pino } from "pino";
import pretty from "pino-pretty";

export type { Logger };

/** Fields that must never be written, wherever they stand: the last net below not logging them at all. */
const NEVER = ["token", "ticket", "password", "code", "phoneNumber", "email", "cookie", "authorization"];

/** Structured logs: JSON lines in production, readable ones in development. */
export function createLog(development: boolean, level = "info"): Logger {
  const options = { level, base: undefined, redact: { paths: NEVER.flatMap((name) => [name, `*.${name}`]) } };
  return development
    ? pino(options, pretty({ sync: true, translateTime: "HH:MM:ss", ignore: "pid,hostname" }))
    : pino(options);
}
