import { promisify } from "node:util";
import { gzip } from "node:zlib";

const zip = promisify(gzip);
/** Characters; below that the headers of compression cost what it saves. */
const WORTH_IT = 1024;

/** A page's body, compressed off the event loop when the client takes gzip; its headers say which it is. */
export async function compressed(text: string, req: Request, headers: Headers): Promise<BodyInit> {
  headers.append("vary", "accept-encoding");
  if (text.length < WORTH_IT || !/\bgzip\b/.test(req.headers.get("accept-encoding") ?? "")) return text;
  headers.set("content-encoding", "gzip");
  return new Uint8Array(await zip(text));
}
