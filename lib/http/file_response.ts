/** Files as answers: under their names, whole or in part, and never as a page of ours. */

export interface ServedFile {
  name: string;
  /** MIME type. */
  type: string;
  /** Bytes. */
  size: number;
  /** Names these very bytes: others have another. */
  tag: string;
  /** @param range both ends belong to it, counted from 0 */
  read(range?: { first: number; last: number }): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

/** Nothing in it may run or load anything; a picture that is looked at alone may be laid out (as GitHub's raw files). */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

interface How {
  /** To be shown in its place, or saved. */
  disposition: "inline" | "attachment";
  cacheControl: string;
}

/**
 * Answers with a file, or what is asked for of it: conditional requests (RFC 9110, 13) and one range (14) are heard;
 * several ranges get the whole.
 */
export async function fileResponse(req: Request, file: ServedFile, how: How): Promise<Response> {
  const etag = `"${file.tag}"`;
  const headers = new Headers({
    etag,
    "cache-control": how.cacheControl,
    "content-security-policy": POLICY,
    "content-type": file.type,
    "content-disposition": disposition(how.disposition, file.name),
    "accept-ranges": "bytes",
  });
  if (matches(req.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const range = rangeOf(req, etag, file.size);
  if (range === "beyond") {
    headers.set("content-range", `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  const body = await file.read(range ?? undefined);
  headers.set("content-length", String(range ? range.last - range.first + 1 : file.size));
  if (range) headers.set("content-range", `bytes ${range.first}-${range.last}/${file.size}`);
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** Under its name in any script (RFC 6266, RFC 8187); for readers that know neither, what ASCII can say of it. */
export function disposition(how: How["disposition"], name: string): string {
  if (name === "") return how;
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const escaped = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${escaped}`;
}

function matches(wanted: string | null, etag: string): boolean {
  return wanted !== null && wanted.split(",").some((one) => one.trim().replace(/^W\//, "") === etag);
}

/** Null: the whole file. */
function rangeOf(
  req: Request,
  etag: string,
  size: number,
): { first: number; last: number } | "beyond" | null {
  const condition = req.headers.get("if-range");
  const asked = /^bytes=(\d*)-(\d*)$/.exec(req.headers.get("range")?.trim() ?? "");
  if (!asked || (condition !== null && condition !== etag)) return null;
  const [, from = "", to = ""] = asked;
  if (from === "") {
    if (to === "") return null;
    return Number(to) === 0 ? "beyond" : { first: Math.max(0, size - Number(to)), last: size - 1 };
  }
  const [first, last] = [Number(from), to === "" ? size - 1 : Math.min(Number(to), size - 1)];
  if (first >= size) return "beyond";
  return last < first ? null : { first, last };
}
