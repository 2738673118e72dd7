import { timingSafeEqual } from "node:crypto";
import { decodeBase64Url, encodeBase64Url } from "../base64url.ts";
import type { RoomId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";

/** Milliseconds: enough to begin a download, and to go on with one that broke off. */
const LIFE = 10 * 60_000;

/** What a pass opens, and for whom: it is good while that session is, and may have the file. */
export interface Pass {
  roomId: RoomId;
  fileId: string;
  /** Null for somebody who has not come in. */
  sessionId: string | null;
}

type Signing = Pick<Services, "vault" | "clock">;

/** The end of an address that opens one file for one session, without any cookie, for ten minutes. */
export async function signPass({ vault, clock }: Signing, pass: Pass): Promise<string> {
  const { roomId, fileId, sessionId } = pass;
  const said = JSON.stringify([roomId, fileId, sessionId, clock() + LIFE]);
  return `${encodeBase64Url(new TextEncoder().encode(said))}.${
    encodeBase64Url(await signature(vault, said))
  }`;
}

/** Null when it is forged, malformed or over its time. */
export async function readPass({ vault, clock }: Signing, text: string): Promise<Pass | null> {
  const [said, signed] = text.split(".").map(decoded);
  if (!said || !signed) return null;
  const words = new TextDecoder().decode(said);
  const expected = await signature(vault, words);
  if (signed.length !== expected.length || !timingSafeEqual(signed, expected)) return null;
  const [roomId, fileId, sessionId, until] = JSON.parse(words) as [RoomId, string, string | null, number];
  return until > clock() ? { roomId, fileId, sessionId } : null;
}

function signature(vault: Services["vault"], said: string): Promise<Uint8Array> {
  return vault.index("file pass", said);
}

function decoded(part: string): Uint8Array | null {
  try {
    return decodeBase64Url(part);
  } catch {
    return null;
  }
}
