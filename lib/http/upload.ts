import { AppError } from "../errors.ts";
import { type Fields, readAtMost } from "./body.ts";
import { CSRF_HEADER } from "./csrf.ts";

/** A form with files in it, read. */
export interface Upload {
  fields: Record<string, string>;
  files: Record<string, UploadedFile>;
  /** Every file, in the order of the form: a field may hold several. */
  all: UploadedFile[];
}

export interface UploadedFile {
  /** As the sender calls it; good for showing, not for trusting. */
  name: string;
  /** MIME type, as the sender says. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The only addresses whose POST takes files, so that no other route gets a body that nobody has looked at: pictures of people,
 * uploads, and the pages of rooms, whose composer is a form.
 */
const TAKES_FILES = /^\/((api\/)?me\/avatar|api\/upload|r\/[^/]+|(p|dm)\/\d+|lounges\/[^/]+\/[^/]+)$/;
/** The only addresses whose PUT takes a file's bytes as they are: its route reads them, piece by piece. */
const TAKES_BYTES = /^\/api\/upload\/[^/]+$/;
/** Bytes for the other fields and the multipart envelope. */
const BESIDE_FILES = 64 * 1024;

/** Whether this is a form with files, sent where files are taken. Its route reads it, once it knows how much it may hold. */
export function isUpload(req: Request, path: string): boolean {
  const type = req.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  return req.method === "POST" && type === "multipart/form-data" && TAKES_FILES.test(path);
}

/** Whether the body is a file's bytes, whatever it says they are. */
export function isBytes(req: Request, path: string): boolean {
  return req.method === "PUT" && TAKES_BYTES.test(path);
}

/**
 * Reads a multipart form whose files hold at most `maxBytes` together.
 * @throws AppError PAYLOAD_TOO_LARGE, or BAD_REQUEST for what is no such form
 */
export async function readUpload(req: Request, maxBytes: number): Promise<Upload> {
  const most = maxBytes + BESIDE_FILES;
  if (Number(req.headers.get("content-length") ?? 0) > most) throw tooLarge(maxBytes);
  const body = await readAtMost(req, most, () => tooLarge(maxBytes));
  const form = await parse(body, req.headers.get("content-type")!);
  const upload: Upload = { fields: {}, files: {}, all: [] };
  let size = 0;
  for (const [name, value] of form) {
    if (typeof value === "string") {
      upload.fields[name] = value;
      continue;
    }
    // A file field left empty is sent as a file without name or content.
    if (value.size === 0 && value.name === "") continue;
    size += value.size;
    if (size > maxBytes) throw tooLarge(maxBytes);
    const bytes = new Uint8Array(await value.arrayBuffer());
    const file = { name: value.name, type: value.type, bytes };
    upload.files[name] = file;
    upload.all.push(file);
  }
  return upload;
}

/**
 * What the middleware hands to the route in place of fields. `demand` refuses other sites' forms; a token in the header
 * is looked at before megabytes are read for nothing, one in a field can only be looked at afterwards.
 */
export function uploadReader(req: Request, demand: (fields: Fields) => Promise<void>) {
  return async (maxBytes: number): Promise<Upload> => {
    const byHeader = req.headers.has(CSRF_HEADER);
    if (byHeader) await demand({});
    const upload = await readUpload(req, maxBytes);
    if (!byHeader) await demand(upload.fields);
    return upload;
  };
}

function tooLarge(maxBytes: number): AppError {
  const message = `That file is too large: at most ${Math.floor(maxBytes / 1024 / 1024)} MB.`;
  return new AppError("PAYLOAD_TOO_LARGE", { message });
}

async function parse(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new AppError("BAD_REQUEST", { message: "That form could not be read." });
  }
}
