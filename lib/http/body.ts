import type { z } from "zod";
import { AppError } from "../errors.ts";
import type { ErrorCode } from "../protocol/errors.ts";

/** Bytes of a JSON or form body. Uploads have their own way in. */
const BODY_MAX_BYTES = 64 * 1024;

/** A request's fields, read once. */
export type Fields = Record<string, unknown>;

/**
 * Reads a JSON object or a URL-encoded form.
 * @throws AppError PAYLOAD_TOO_LARGE, or BAD_REQUEST for anything that is neither.
 */
export async function readFields(req: Request): Promise<Fields> {
  const text = new TextDecoder().decode(await readAtMost(req, BODY_MAX_BYTES));
  if (text === "") return {};
  const type = req.headers.get("content-type")?.split(";")[0]?.trim();
  if (type === "application/x-www-form-urlencoded") return formFields(new URLSearchParams(text));
  if (type !== "application/json") throw new AppError("BAD_REQUEST", { message: "Send JSON or a form." });
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new AppError("BAD_REQUEST", { message: "Send a JSON object." });
  }
  return value as Fields;
}

/** A name that comes once has its text; one that comes again, as checkboxes do, has all of them. */
function formFields(form: URLSearchParams): Fields {
  const names = [...new Set(form.keys())];
  return Object.fromEntries(names.map((name) => {
    const values = form.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("BAD_REQUEST", { message: "That is not valid JSON." });
  }
}

/** @throws what `tooLarge` makes, as soon as more than `max` bytes have come; AppError BAD_REQUEST when it breaks off */
export async function readAtMost(
  req: Request,
  max: number,
  tooLarge = () => new AppError("PAYLOAD_TOO_LARGE"),
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of piecesOf(req)) {
    size += chunk.byteLength;
    if (size > max) throw tooLarge();
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** The body as it comes. Whoever hangs up in the middle has sent a bad request, and broken nothing of ours. */
async function* piecesOf(req: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* req.body ?? [];
  } catch {
    throw new AppError("BAD_REQUEST", { message: "The request broke off." });
  }
}

/**
 * Holds fields against their schema.
 * @param codes of fields whose refusal has a code of its own: it is told when nothing else is wrong
 * @throws AppError VALIDATION_FAILED, or one of `codes`, with what is wrong with each field
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  fields: unknown,
  codes: Record<string, ErrorCode> = {},
): z.output<Schema> {
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error);
  const own = new Set(Object.keys(errors).map((field) => codes[field]));
  const code = own.size === 1 ? own.values().next().value : undefined;
  throw new AppError(code ?? "VALIDATION_FAILED", { fields: errors });
}

/** Field → first thing wrong with it. Problems of the whole stand under `""`. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  return fields;
}
