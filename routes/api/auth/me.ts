import { ok } from "../../../lib/http/envelope.ts";
import { signedIn } from "../../../lib/http/guards.ts";

export const handlers = {
  /** The viewer. */
  GET: signedIn(({ state: { session } }) => ok({ user: session.viewer })),
};
