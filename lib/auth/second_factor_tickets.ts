/** Between the password and the second factor: a ticket says that the first was right. */
import { encodeBase64Url } from "../base64url.ts";
import { withRetry } from "../kv.ts";
import type { UserId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";
import { keyedHash, randomToken } from "./tokens.ts";

/** Milliseconds: enough to find a phone. */
const TICKET_LIFE = 10 * 60_000;

interface Ticket {
  userId: UserId;
  staySignedIn: boolean;
  expiresAt: number;
}

export interface OpenTicket extends Ticket {
  entry: Deno.KvEntry<Ticket>;
}

/** In KV, valid on every isolate. Only a keyed hash of the token is kept. */
export async function issueTicket(
  services: Services,
  userId: UserId,
  staySignedIn: boolean,
): Promise<string> {
  const token = randomToken();
  const ticket: Ticket = { userId, staySignedIn, expiresAt: services.clock() + TICKET_LIFE };
  const key = await keyOf(services, token);
  await withRetry(() => services.kv.set(key, ticket, { expireIn: TICKET_LIFE }));
  return token;
}

/** What a ticket says; it may be tried again. `null` when it is unknown, used or too old. */
export async function openTicket(services: Services, token: string): Promise<OpenTicket | null> {
  const entry = await services.kv.get<Ticket>(await keyOf(services, token));
  // KV removes expired keys late, so the time is checked here too.
  if (entry.value === null || entry.value.expiresAt <= services.clock()) return null;
  return { ...entry.value, entry };
}

/** Uses a ticket up. Of two who try at once, one gets `true`. */
export async function spendTicket({ kv }: Services, { entry }: OpenTicket): Promise<boolean> {
  return (await withRetry(() => kv.atomic().check(entry).delete(entry.key).commit())).ok;
}

async function keyOf({ config }: Services, token: string): Promise<Deno.KvKey> {
  return [
    "second-factor",
    encodeBase64Url(await keyedHash(config.accessTokenSecret, `second-factor|${token}`)),
  ];
}
