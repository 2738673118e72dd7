/**
 * A store that speaks the protocol of S3, on loopback and in memory. It believes no request whose signature it does not find
 * itself (AWS Signature Version 4, computed here from the specification and with none of the product's code), and minds what
 * real stores mind: no body without a length, no body but the one that was signed for.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { S3Settings } from "../../lib/adapters/storage/s3.ts";

export interface S3Object {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}

export interface S3Stand extends AsyncDisposable {
  settings: S3Settings;
  /** Key → what is kept. */
  objects: Map<string, S3Object>;
  /** `METHOD key`, of all requests that were believed. */
  asked: string[];
  /** Answers the next so many requests with this status, whatever they ask. */
  fail(status: number, times?: number): void;
  /** Why requests were not believed. */
  refused: string[];
}

const BUCKET = "parley-test";
const REGION = "eu-test-1";
const ACCESS_KEY = "AKIDTESTTESTTEST";
const SECRET = "s3-secret-of-the-tests/+=";
/** Keys in one page of a list; real stores say 1,000. */
const PAGE = 5;

export function startS3(): S3Stand {
  const objects = new Map<string, S3Object>();
  const [asked, refused]: [string[], string[]] = [[], []];
  let failing = { status: 0, times: 0 };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (req) => {
    const problem = await signatureProblem(req);
    if (problem) {
      refused.push(problem);
      await req.body?.cancel();
      return failure(403, "SignatureDoesNotMatch");
    }
    const url = new URL(req.url);
    const [, bucket, ...rest] = url.pathname.split("/");
    const key = rest.join("/");
    asked.push(`${req.method} ${key}`);
    if (failing.times > 0) {
      failing.times--;
      await req.body?.cancel();
      return failure(failing.status, "InternalError");
    }
    if (bucket !== BUCKET) return failure(404, "NoSuchBucket");
    if (key === "") return list(objects, url.searchParams);
    return await serve(req, objects, key);
  });
  const settings = {
    endpoint: `http://127.0.0.1:${server.addr.port}`,
    ...{ bucket: BUCKET, region: REGION, accessKeyId: ACCESS_KEY, secretAccessKey: SECRET },
  };
  return {
    ...{ settings, objects, asked, refused },
    fail: (status, times = 1) => void (failing = { status, times }),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function serve(req: Request, objects: Map<string, S3Object>, key: string): Promise<Response> {
  if (req.method === "PUT") {
    const length = req.headers.get("content-length");
    if (length === null) return failure(411, "MissingContentLength");
    const bytes = await req.bytes().catch(() => null);
    if (!bytes) return failure(400, "RequestTimeout");
    const said = req.headers.get("x-amz-content-sha256")!;
    if (said !== "UNSIGNED-PAYLOAD" && said !== sha256(bytes)) {
      return failure(400, "XAmzContentSHA256Mismatch");
    }
    if (bytes.length !== Number(length)) return failure(400, "IncompleteBody");
    objects.set(key, { bytes, type: req.headers.get("content-type") ?? "binary/octet-stream" });
    return new Response(null, { headers: { etag: `"${sha256(bytes).slice(0, 32)}"` } });
  }
  if (req.method === "DELETE") {
    objects.delete(key);
    return new Response(null, { status: 204 });
  }
  const object = objects.get(key);
  if (!object) return failure(404, "NoSuchKey");
  const headers = { "content-type": object.type };
  const range = /^bytes=(\d+)-(\d+)$/.exec(req.headers.get("range") ?? "");
  if (!range) return new Response(object.bytes, { headers });
  const part = object.bytes.slice(Number(range[1]), Number(range[2]) + 1);
  const where = `bytes ${range[1]}-${Number(range[1]) + part.length - 1}/${object.bytes.length}`;
  return new Response(part, { status: 206, headers: { ...headers, "content-range": where } });
}

function list(objects: Map<string, S3Object>, query: URLSearchParams): Response {
  if (query.get("list-type") !== "2") return failure(400, "InvalidArgument");
  const found = [...objects.keys()].filter((key) => key.startsWith(query.get("prefix") ?? "")).sort();
  const contents = found.slice(0, PAGE).map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`);
  const more = found.length > PAGE;
  return new Response(
    `<?xml version="1.0"?><ListBucketResult><Name>${BUCKET}</Name><IsTruncated>${more}</IsTruncated>` +
      `${contents.join("")}</ListBucketResult>`,
    { headers: { "content-type": "application/xml" } },
  );
}

function failure(status: number, code: string): Response {
  return new Response(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`, {
    status,
    headers: { "content-type": "application/xml" },
  });
}

/** @returns what is wrong with a request's signature, if anything */
function signatureProblem(req: Request): string | undefined {
  const url = new URL(req.url);
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, accessKey, day, region, signed, signature] = form.exec(req.headers.get("authorization") ?? "") ??
    [];
  if (!signature) return "no signature";
  const at = req.headers.get("x-amz-date") ?? "";
  const payload = req.headers.get("x-amz-content-sha256") ?? "";
  if (accessKey !== ACCESS_KEY || region !== REGION) return "not for this store";
  if (!at.startsWith(day!) || Math.abs(Date.now() - timeOf(at)) > 15 * 60_000) return "not of now";
  for (const needed of ["host", "x-amz-content-sha256", "x-amz-date"]) {
    if (!signed!.split(";").includes(needed)) return `${needed} is not signed`;
  }
  const canonical = [
    req.method,
    url.pathname.split("/").map((part) => escaped(decodeURIComponent(part))).join("/"),
    [...url.searchParams].map(([name, value]) => `${escaped(name)}=${escaped(value)}`).sort().join("&"),
    ...signed!.split(";").map((name) => `${name}:${(req.headers.get(name) ?? url.host).trim()}`),
    "",
    signed,
    payload,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n");
  const key = ["s3", "aws4_request"].reduce(hmac, hmac(hmac(`AWS4${SECRET}`, day!), region!));
  const right = timingSafeEqual(hmac(key, toSign), Uint8Array.fromHex(signature));
  return right ? undefined : "the signature is another";
}

/** `20260102T030405Z` → milliseconds since the epoch. */
function timeOf(at: string): number {
  return Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hmac(key: string | Uint8Array, text: string): Uint8Array {
  return new Uint8Array(createHmac("sha256", key).update(text).digest());
}

function sha256(of: string | Uint8Array): string {
  return createHash("sha256").update(of).digest("hex");
}
