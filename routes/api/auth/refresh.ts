import { refreshSession } from "../../../lib/auth/sessions.ts";
import { AppError } from "../../../lib/errors.ts";
import { takes } from "../../../lib/http/contract.ts";
import { readCookie } from "../../../lib/http/cookies.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { anyone } from "../../../lib/http/guards.ts";
import { giveCookies, takeCookies } from "../../../lib/http/identify.ts";
import { refresh } from "../../../lib/protocol/forms/accounts.ts";

export const handlers = {
  /**
   * By cookie, or `{refreshToken}` → `{accessToken, user}`. Who sends the token in the body gets the next one there too:
   * `{accessToken, user, refreshToken}`, without the last when a second request was quicker.
   */
  POST: anyone(takes(refresh, async ({ req, state: { exchange, services } }, input) => {
    const inBody = input.refreshToken;
    const token = inBody ?? readCookie(req, "refresh");
    const renewed = token ? await refreshSession(services, token) : null;
    if (!renewed) {
      if (inBody === undefined) takeCookies(exchange);
      throw new AppError("INVALID_SESSION");
    }
    const { session, accessToken, refreshToken } = renewed;
    if (inBody !== undefined) return ok({ accessToken, user: session.viewer, refreshToken });
    giveCookies(exchange, session, accessToken, refreshToken);
    return ok({ accessToken, user: session.viewer });
  })),
};
