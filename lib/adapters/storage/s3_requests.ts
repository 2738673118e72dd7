/** Requests to a bucket, each signed (AWS Signature Version 4). */
import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { AwsClient } from "aws4fetch";
import { demandKey } from "./storage.ts";

/** A bucket of Amazon S3, or of anything that speaks its protocol: MinIO, R2, Garage, Ceph and others. */
export interface S3Settings {
  /** Without the bucket: `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Milliseconds until an answer begins. */
const PATIENCE = 30_000;
/** Tries after the first, for what fails on their side. */
const RETRIES = 2;
const FIRST_WAIT = 100;

/** What the store answered; never what was asked, which holds keys. */
export class S3Error extends Error {
  override name = "S3Error";
}

export class S3Requests {
  readonly #base: string;
  readonly #aws: AwsClient;

  constructor({ endpoint, bucket, region, ...keys }: S3Settings) {
    this.#base = `${endpoint.replace(/\/+$/, "")}/${bucket}`;
    this.#aws = new AwsClient({ ...keys, region, service: "s3", retries: RETRIES, initRetryMs: FIRST_WAIT });
  }

  /** @returns null when there is no such object. @throws S3Error, TypeError for what is no key */
  async object(key: string, init?: RequestInit): Promise<Response | null> {
    return await this.#ask(this.#addressOf(key), init);
  }

  /** Keys that begin so, as many as the store tells at once. */
  async someKeys(prefix: string): Promise<string[]> {
    const query = new URLSearchParams({ "list-type": "2", prefix });
    const list = await (await this.#ask(`${this.#base}?${query}`))?.text() ?? "";
    return [...list.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key!);
  }

  /** Puts an object whose bytes come piece by piece. @throws S3Error, and what the stream throws */
  async putStream(
    key: string,
    bytes: ReadableStream<Uint8Array>,
    { size, type }: { size: number; type: string },
  ): Promise<void> {
    const headers = { "content-type": type };
    await sendStream(await this.#aws.sign(this.#addressOf(key), { method: "PUT", headers }), bytes, size);
  }

  #addressOf(key: string): string {
    demandKey(key);
    return `${this.#base}/${key}`;
  }

  async #ask(address: string, init: RequestInit = {}): Promise<Response | null> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(new S3Error("no answer in time")), PATIENCE);
    try {
      const response = await this.#aws.fetch(address, { ...init, signal: patience.signal });
      if (response.ok) return response;
      const text = await response.text();
      if (response.status === 404 && !text.includes("NoSuchBucket")) return null;
      throw failure(response.status, text);
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * The store wants to know the length beforehand, and `fetch` sends streams without one: so this goes by `node:http`,
 * which also waits for a slow store instead of gathering what it has not taken.
 */
async function sendStream(signed: Request, bytes: ReadableStream<Uint8Array>, size: number): Promise<void> {
  const { url, method, headers } = signed;
  const request = url.startsWith("https:") ? httpsRequest : httpRequest;
  const sending = request(url, {
    method,
    headers: { ...Object.fromEntries(headers), "content-length": String(size) },
  });
  sending.setTimeout(PATIENCE, () => sending.destroy(new S3Error("no answer in time")));
  const answered = answerTo(sending);
  let refused = false;
  // Whoever stops sending hears of it by what made them stop.
  answered.then(() => refused = true, () => {});
  try {
    for await (const piece of bytes) {
      if (!sending.write(piece)) await Promise.race([once(sending, "drain"), answered]);
      if (refused) break;
    }
    sending.end();
  } catch (error) {
    sending.destroy();
    throw error;
  }
  const { status, text } = await answered;
  if (status !== 200) throw failure(status, text);
}

async function answerTo(sending: ClientRequest): Promise<{ status: number; text: string }> {
  const [answer] = await once(sending, "response") as [IncomingMessage];
  let text = "";
  for await (const piece of answer.setEncoding("utf8")) text += piece;
  return { status: answer.statusCode ?? 0, text };
}

function failure(status: number, text: string): S3Error {
  return new S3Error(`${status} ${/<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? ""}`.trim());
}
