/**
 * The keys of an encrypted ghost room. All come from one secret, which is made in a browser and lives in the link's
 * fragment (`/g/ghost-…#k=…`), the part of an address that browsers never send.
 *
 * HKDF-SHA-256 (RFC 5869): the secret is 256 random bits, the salt is the room's token, and each use has an `info` of
 * its own, so that no key says anything about another. See docs/decisions/0015-ghost-rooms-are-sealed-in-the-browser.md.
 */
import { fromBase64Url, toBase64Url } from "./base64url.ts";

declare const brand: unique symbol;
/** 256 random bits in base64url, 43 characters. Whoever has it reads the room. */
export type LinkSecret = string & { readonly [brand]: "LinkSecret" };

/** What a link says about the key: nothing, something that cannot be one (cut off, mostly), or a secret. */
export type KeyInLink = { state: "missing" } | { state: "broken" } | { state: "whole"; secret: LinkSecret };

export interface RoomKeys {
  /** The room's token: everything that is sealed is bound to it. */
  readonly token: string;
  readonly messages: CryptoKey;
  readonly files: CryptoKey;
}

const SECRET_BYTES = 32;
const CHECK_BITS = 128;
const NO_SALT = new Uint8Array(0);
const bytesOf = (text: string) => new TextEncoder().encode(text);

export function newSecret(): LinkSecret {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))) as LinkSecret;
}

/** The fragment that carries `secret`, with its `#`. */
export function fragmentOf(secret: LinkSecret): string {
  return `#k=${secret}`;
}

/** @param fragment as `location.hash` has it; more may follow the key after an `&` */
export function keyIn(fragment: string): KeyInLink {
  const key = new URLSearchParams(fragment.replace(/^#/, "")).get("k");
  if (key === null) return { state: "missing" };
  const whole = fromBase64Url(key)?.length === SECRET_BYTES;
  return whole ? { state: "whole", secret: key as LinkSecret } : { state: "broken" };
}

/**
 * The room's keys. They cannot be exported from the browser's keeping, and are separate for messages and files, so that
 * the one can never be passed off as the other.
 */
export async function deriveKeys(secret: LinkSecret, token: string): Promise<RoomKeys> {
  const material = await materialOf(secret);
  const key = (use: string) =>
    crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: bytesOf(token), info: bytesOf(`parley ghost ${use} v1`) },
      material,
      { name: "AES-GCM", length: 256 },
      false,
      ["encrypt", "decrypt"],
    );
  const [messages, files] = await Promise.all([key("messages"), key("files")]);
  return { token, messages, files };
}

/**
 * What the server keeps so that somebody with a wrong key is told before they join: 128 bits from which neither the
 * secret nor any other key can be found. It is needed to make the room, so before there is a token: without salt, which
 * RFC 5869 (3.1) allows for a secret that is random and, as here, belongs to one room.
 */
export async function keyCheckOf(secret: LinkSecret): Promise<string> {
  const algorithm = {
    name: "HKDF",
    hash: "SHA-256",
    salt: NO_SALT,
    info: bytesOf("parley ghost key check v1"),
  };
  return toBase64Url(
    new Uint8Array(await crypto.subtle.deriveBits(algorithm, await materialOf(secret), CHECK_BITS)),
  );
}

function materialOf(secret: LinkSecret): Promise<CryptoKey> {
  const bytes = fromBase64Url(secret);
  if (bytes?.length !== SECRET_BYTES) throw new TypeError("not a link's secret");
  return crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey", "deriveBits"]);
}
