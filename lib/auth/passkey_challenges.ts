import { encodeBase64Url } from "../base64url.ts";
import { withRetry } from "../kv.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { keyedHash } from "./tokens.ts";

/** Milliseconds between the question and the answer: people look for their key. */
export const CHALLENGE_LIFE = 5 * 60_000;

/** What an answer is to be used for. One person's registration is no other's, and no sign-in. */
export type ChallengePurpose = "sign-in" | `register ${UserId}`;

interface Challenge {
  purpose: ChallengePurpose;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Remembers that we asked this, on every isolate. Only a keyed hash is kept. */
export async function keepChallenge(
  services: Services,
  purpose: ChallengePurpose,
  challenge: string,
): Promise<void> {
  const key = await keyOf(services, challenge);
  const value: Challenge = { purpose, expiresAt: services.clock() + CHALLENGE_LIFE };
  await withRetry(() => services.kv.set(key, value, { expireIn: CHALLENGE_LIFE }));
}

/** Whether we asked this, for this purpose, not long ago. Each challenge is taken once, whatever becomes of its answer. */
export async function takeChallenge(
  services: Services,
  purpose: ChallengePurpose,
  challenge: string,
): Promise<boolean> {
  const entry = await services.kv.get<Challenge>(await keyOf(services, challenge));
  if (!entry.value) return false;
  const taken = await withRetry(() => services.kv.atomic().check(entry).delete(entry.key).commit());
  // KV removes expired keys late, so the time is checked here too.
  return taken.ok && entry.value.purpose === purpose && entry.value.expiresAt > services.clock();
}

async function keyOf({ config }: Services, challenge: string): Promise<Deno.KvKey> {
  return [
    "passkey-challenge",
    encodeBase64Url(await keyedHash(config.accessTokenSecret, `challenge|${challenge}`)),
  ];
}
