import { findSession } from "../lib/auth/sessions.ts";
import { AppError, isAppError } from "../lib/errors.ts";
import { isAllowedOrigin } from "../lib/http/csrf.ts";
import { failure } from "../lib/http/envelope.ts";
import { ticketHolder } from "../lib/http/guards.ts";
import type { Ctx } from "../lib/http/state.ts";
import { ticketOf } from "../lib/realtime/tickets.ts";

export const handlers = {
  /**
   * Upgrades to a WebSocket. Everything is checked before: once a socket exists, Deno gathers a fragmented message of
   * any size from it (`lib/realtime/guard.ts`), so only holders of a valid ticket get that far.
   */
  GET: ticketHolder(async (ctx) => {
    try {
      return await upgrade(ctx);
    } catch (error) {
      if (isAppError(error)) return failure(error);
      throw error;
    }
  }),
};

async function upgrade({ req, state: { exchange, services } }: Ctx): Promise<Response> {
  const { headers } = req;
  // Deno looks at no version.
  if (
    headers.get("upgrade")?.toLowerCase() !== "websocket" || headers.get("sec-websocket-version") !== "13"
  ) {
    throw new AppError("UPGRADE_REQUIRED");
  }
  if (headers.get("origin") === null || !isAllowedOrigin(req, services.config)) {
    throw new AppError("ORIGIN_NOT_ALLOWED");
  }
  const ticket = ticketOf(req);
  const sessionId = ticket && await services.realtime.tickets.redeem(ticket);
  const session = sessionId ? await findSession(services, sessionId) : null;
  if (!session) throw new AppError("INVALID_TICKET");
  return services.realtime.accept(req, session, exchange);
}
