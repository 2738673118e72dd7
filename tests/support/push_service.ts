/**
 * A push service on loopback with the browsers behind it: it holds what is sent against RFC 8292 (who sends), and opens it
 * as a browser does by RFC 8291 (what is said), by code that shares nothing with the sender's.
 */
import { importJWK, jwtVerify } from "jose";
import type { PushWords } from "../../lib/protocol/forms/notifications.ts";

export interface Received {
  words: PushWords;
  /** As it was before it was parsed. */
  plaintext: string;
  headers: Headers;
  /** Claims of the sender's token. */
  sender: { aud?: unknown; sub?: unknown };
  /** The sender's key. */
  key: string;
}

/** What the service answers in place of 201. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
}

export class Browser {
  readonly received: Received[] = [];
  /** Answers for the next requests, oldest first; then 201. */
  readonly answers: Answer[] = [];
  requests = 0;

  private constructor(
    readonly endpoint: string,
    private readonly keys: CryptoKeyPair,
    private readonly publicKey: Uint8Array<ArrayBuffer>,
    private readonly auth: Uint8Array<ArrayBuffer>,
  ) {}

  static async at(endpoint: string): Promise<Browser> {
    const keys = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const point = new Uint8Array(await crypto.subtle.exportKey("raw", keys.publicKey));
    return new Browser(endpoint, keys, point, crypto.getRandomValues(new Uint8Array(16)));
  }

  /** One whose secrets are known: see RFC 8291, 5. @param auth base64url */
  static async holding(endpoint: string, secret: JsonWebKey, auth: string): Promise<Browser> {
    const ecdh = { name: "ECDH", namedCurve: "P-256" };
    const { d: _, ...open } = secret;
    const [privateKey, publicKey] = await Promise.all([
      crypto.subtle.importKey("jwk", secret, ecdh, false, ["deriveBits"]),
      crypto.subtle.importKey("jwk", open, ecdh, true, []),
    ]);
    const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
    const bytes = Uint8Array.fromBase64(auth, { alphabet: "base64url" });
    return new Browser(endpoint, { privateKey, publicKey }, point, bytes);
  }

  /** As `PushSubscription.toJSON()` gives it. */
  get subscription() {
    const text = (bytes: Uint8Array) => bytes.toBase64({ alphabet: "base64url", omitPadding: true });
    const keys = { p256dh: text(this.publicKey), auth: text(this.auth) };
    return { endpoint: this.endpoint, expirationTime: null, keys };
  }

  get titles(): string[] {
    return this.received.map(({ words }) => words.title);
  }

  /** @throws Error for what is not sealed for this browser. */
  async open(body: Uint8Array<ArrayBuffer>): Promise<string> {
    const salt = body.slice(0, 16);
    const idLength = body[20]!;
    const senderKey = body.slice(21, 21 + idLength);
    const sealed = body.slice(21 + idLength);
    const ecdh = { name: "ECDH", namedCurve: "P-256" };
    const sender = await crypto.subtle.importKey("raw", senderKey, ecdh, false, []);
    const shared = await crypto.subtle.deriveBits(
      { name: "ECDH", public: sender },
      this.keys.privateKey,
      256,
    );
    const info = joined(encode("WebPush: info\0"), this.publicKey, senderKey);
    const secret = await hkdf(new Uint8Array(shared), this.auth, info, 32);
    const key = await hkdf(secret, salt, encode("Content-Encoding: aes128gcm\0"), 16);
    const nonce = await hkdf(secret, salt, encode("Content-Encoding: nonce\0"), 12);
    const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
    const padded = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, aes, sealed));
    // The last record ends with 2 and zeros (RFC 8188, 2).
    const end = padded.findLastIndex((byte) => byte !== 0);
    if (padded[end] !== 2) throw new Error("the record is not the last one");
    return new TextDecoder().decode(padded.subarray(0, end));
  }
}

export interface PushService extends AsyncDisposable {
  origin: string;
  /** A browser that has just subscribed. */
  browser(): Promise<Browser>;
}

export function startPushService(): PushService {
  const browsers = new Map<string, Browser>();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    async (req): Promise<Response> => {
      const browser = browsers.get(new URL(req.url).pathname);
      if (!browser || req.method !== "POST") return new Response(null, { status: 404 });
      browser.requests++;
      const body = new Uint8Array(await req.arrayBuffer());
      const answer = browser.answers.shift();
      if (answer) return new Response(null, answer);
      const refusal = refuse(req, body);
      if (refusal) return new Response(refusal, { status: 400 });
      const { sender, key } = await verify(req, origin);
      const plaintext = await browser.open(body);
      browser.received.push({ words: JSON.parse(plaintext), plaintext, headers: req.headers, sender, key });
      return new Response(null, { status: 201, headers: { location: `${origin}/message/1` } });
    },
  );
  const origin: string = `http://127.0.0.1:${server.addr.port}`;
  return {
    origin,
    async browser() {
      const path = `/send/${crypto.randomUUID()}`;
      const browser = await Browser.at(origin + path);
      browsers.set(path, browser);
      return browser;
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** What services refuse for its form (RFC 8030, 5; RFC 8291, 4). */
function refuse(req: Request, body: Uint8Array): string | null {
  if (req.headers.get("content-encoding") !== "aes128gcm") return "not sealed as RFC 8291 says";
  if (!/^\d+$/.test(req.headers.get("ttl") ?? "")) return "no TTL";
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(req.headers.get("topic") ?? "A")) return "that is no topic";
  return body.length > 4096 ? "too large" : null;
}

/** RFC 8292: a token signed with the key that came along, for this service, good for a day at most. @throws Error */
async function verify(req: Request, origin: string) {
  const [, token, key] = /^vapid t=([^,\s]+), ?k=([^,\s]+)$/.exec(req.headers.get("authorization") ?? "")!;
  const point = Uint8Array.fromBase64(key!, { alphabet: "base64url" });
  const part = (from: number) =>
    point.slice(from, from + 32).toBase64({ alphabet: "base64url", omitPadding: true });
  const jwk = await importJWK({ kty: "EC", crv: "P-256", x: part(1), y: part(33) }, "ES256");
  const { payload } = await jwtVerify(token!, jwk, { audience: origin, algorithms: ["ES256"] });
  if (!payload.exp || payload.exp * 1000 > Date.now() + 24 * 3_600_000) throw new Error("good for too long");
  return { sender: payload, key: key! };
}

async function hkdf(
  secret: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8),
  );
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
