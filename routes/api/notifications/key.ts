import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { pushKey } from "../../../lib/notifications/devices.ts";

export const handlers = {
  /** `{publicKey}`: what a browser subscribes with (VAPID), in base64url; null where this server sends nothing. */
  GET: member(({ state: { services } }) => ok({ publicKey: pushKey(services) })),
};
