import { Resend } from "resend";
import type { MailSettings } from "../../config.ts";
import type { Mail } from "../../jobs/queue.ts";
import { DeliveryError } from "../delivery.ts";
import { withPatience } from "../patience.ts";

/** Refused for what the message is, not for when it came. */
const HOPELESS = new Set([
  "validation_error",
  "missing_required_field",
  "invalid_from_address",
  "invalid_parameter",
]);

/** Mails through Resend's API. The key keeps a mail that is tried again from being sent twice, for 24 hours. */
export function resendMail({ apiKey, from, baseUrl }: Extract<MailSettings, { by: "resend" }>) {
  const resend = new Resend(apiKey, { baseUrl });
  return async ({ to, subject, text }: Mail, key: string): Promise<void> => {
    const sending = resend.emails.send({ from, to, subject, text }, { idempotencyKey: key });
    const { error } = await withPatience("Resend", sending);
    if (error) throw new DeliveryError("Resend", error.name, { hopeless: HOPELESS.has(error.name) });
  };
}
