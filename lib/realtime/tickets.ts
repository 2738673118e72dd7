import { keyedHash, randomToken } from "../auth/tokens.ts";
import { encodeBase64Url } from "../base64url.ts";
import type { Clock } from "../clock.ts";
import { keysUnder, removeKeys } from "../kv.ts";
import type { KvCommits } from "../kv_commits.ts";

/** Milliseconds between asking for a ticket and using it. */
const TICKET_LIFE = 30_000;
/** The sub-protocol entry that carries a ticket: browsers cannot set headers on a WebSocket, and addresses are logged. */
export const TICKET_PREFIX = "ticket.";

interface Ticket {
  sessionId: string;
  expiresAt: number;
}

export interface Tickets {
  issue(sessionId: string): Promise<{ token: string; expiresAt: string }>;
  /** The session a ticket was issued for, once; `null` for any ticket that is unknown, used or too old. */
  redeem(token: string): Promise<string | null>;
  /** Takes back what these sessions were given and have not used. */
  forget(sessionIds: ReadonlySet<string>): Promise<void>;
}

/** Single-use tickets in KV, valid on every isolate. Only a keyed hash of the token is kept. */
export function createTickets(kv: Deno.Kv, commits: KvCommits, clock: Clock, secret: string): Tickets {
  async function keyOf(token: string): Promise<Deno.KvKey> {
    return ["ticket", encodeBase64Url(await keyedHash(secret, `ticket|${token}`))];
  }
  return {
    async issue(sessionId) {
      const token = randomToken();
      const expiresAt = clock() + TICKET_LIFE;
      const ticket: Ticket = { sessionId, expiresAt };
      const key = await keyOf(token);
      await commits.set(key, ticket, { expireIn: TICKET_LIFE });
      return { token, expiresAt: new Date(expiresAt).toISOString() };
    },
    async redeem(token) {
      const entry = await kv.get<Ticket>(await keyOf(token));
      // KV removes expired keys late, so the time is checked here too.
      if (!entry.value || entry.value.expiresAt <= clock()) return null;
      return await commits.take(entry) ? entry.value.sessionId : null;
    },
    async forget(sessionIds) {
      if (sessionIds.size === 0) return;
      // They live for half a minute, so there are few.
      const isTheirs = ({ sessionId }: Ticket) => sessionIds.has(sessionId);
      await removeKeys(kv, await keysUnder<Ticket>(kv, ["ticket"], isTheirs));
    },
  };
}

/** The ticket among a request's sub-protocols. */
export function ticketOf(req: Request): string | null {
  const offered = (req.headers.get("sec-websocket-protocol") ?? "").split(",").map((entry) => entry.trim());
  const entry = offered.find((name) => name.startsWith(TICKET_PREFIX));
  return entry ? entry.slice(TICKET_PREFIX.length) : null;
}
