import { answers, takes } from "../../../lib/http/contract.ts";
import { ok } from "../../../lib/http/envelope.ts";
import { member } from "../../../lib/http/guards.ts";
import { addDevice, removeDevice } from "../../../lib/notifications/devices.ts";
import { pushSubscription, unsubscription } from "../../../lib/protocol/forms/notifications.ts";

export const handlers = {
  /** A browser's PushSubscription, as its JSON form: this session is told by Web Push until it ends → `{id}`. */
  POST: member(answers(
    { status: 201 },
    takes(
      pushSubscription,
      async ({ state: { services, session } }, subscription) =>
        ok(await addDevice(services, session, subscription)),
    ),
  )),

  /** `{id}` or `{endpoint}`: that browser is told nothing more. */
  DELETE: member(takes(unsubscription, async ({ state: { services, session } }, which) => {
    await removeDevice(services, session, which);
    return ok({});
  })),
};
