import { answers, takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { takeCookies } from "../../../lib/http/identify.ts";
import { requestErasure } from "../../../lib/profile/data_requests.ts";
import { accountErasure } from "../../../lib/protocol/forms/data.ts";

export const handlers = {
  /** `{password}` → the job that erases the account; the session ends with it. */
  POST: member(
    answers(
      { status: 202 },
      takes(accountErasure, async ({ state: { exchange, services, session } }, { password }) => {
        const { id, state, progress } = await requestErasure(services, session.viewer.id, password);
        takeCookies(exchange);
        return ok({ id, state, progress });
      }),
    ),
  ),
};
