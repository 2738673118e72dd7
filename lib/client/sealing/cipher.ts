/**
 * Sealing and opening one message: AES-256-GCM with a random 96-bit IV, as `e1.<iv>.<ciphertext>` in base64url.
 *
 * A random IV is safe for 2^32 messages under one key (NIST SP 800-38D, 8.3); the fullest room, 200 people at ten a
 * minute for a week, sends less than 2^25.
 */
import { fromBase64Url, toBase64Url } from "./base64url.ts";
import type { RoomKeys } from "./key.ts";
import { packWords, type SealedWords, unpackWords } from "./words.ts";

/** Where words were said: they open nowhere else, so that the server cannot put them into another's mouth. */
export interface Place {
  clientId: string;
  /** The author's name in the room. */
  author: string;
  /** The message they answer. */
  replyTo?: string;
}

const IV_BYTES = 12;
const FORM = /^e1\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]+)$/;

/** @throws {RangeError} for a text of more than 2,000 characters, or more than four files */
export async function sealWords(keys: RoomKeys, place: Place, words: SealedWords): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: boundTo(keys, place) },
    keys.messages,
    packWords(words),
  );
  return `e1.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`;
}

/** @returns null when it does not open: tampered with, said elsewhere or by another, or under another key */
export async function openWords(keys: RoomKeys, place: Place, body: string): Promise<SealedWords | null> {
  const [, iv, sealed] = FORM.exec(body) ?? [];
  const ivBytes = fromBase64Url(iv ?? ".");
  const bytes = fromBase64Url(sealed ?? ".");
  if (!ivBytes || !bytes) return null;
  try {
    const opened = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: ivBytes, additionalData: boundTo(keys, place) },
      keys.messages,
      bytes,
    );
    return unpackWords(new Uint8Array(opened));
  } catch {
    return null;
  }
}

/** JSON, because its quotes keep the parts apart whatever they hold. */
function boundTo({ token }: RoomKeys, { clientId, author, replyTo }: Place): Uint8Array<ArrayBuffer> {
  const parts = ["parley ghost message v1", token, clientId, author, replyTo ?? null];
  return new TextEncoder().encode(JSON.stringify(parts));
}
