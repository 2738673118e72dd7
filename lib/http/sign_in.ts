import { endSession, type SignedIn } from "../auth/sessions.ts";
import { ok } from "./envelope.ts";
import { giveCookies } from "./identify.ts";
import type { State } from "./state.ts";

/** Who asked before they came in, and what their answer takes along. */
type Arrival = Pick<State, "exchange" | "services" | "session">;

/**
 * Hands somebody who has come in the cookies of their session. A guest's session they came with ends, for it would live
 * on where nobody sees it.
 */
export async function comeIn(
  { exchange, services, session: before }: Arrival,
  { session, credentials }: SignedIn,
): Promise<void> {
  if (before?.viewer.tier === "guest" && session.viewer.tier === "member") {
    await endSession(services, before.id);
  }
  giveCookies(exchange, session, credentials.accessToken, credentials.refreshToken);
}

/** {@link comeIn}, answered by `{accessToken, user}`. */
export async function welcome(arrival: Arrival, signedIn: SignedIn): Promise<Response> {
  await comeIn(arrival, signedIn);
  return ok({ accessToken: signedIn.credentials.accessToken, user: signedIn.session.viewer });
}
