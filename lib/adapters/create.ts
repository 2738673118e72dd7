import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Delivery } from "./delivery.ts";
import { outboxMail, outboxSms } from "./outbox.ts";

/** The providers that the settings name. Their libraries are large, so only those in use are loaded. */
export async function createDelivery({ mail, sms, dataDir }: Config, clock: Clock): Promise<Delivery> {
  return { sendMail: await mailBy(), sendSms: await smsBy() };

  async function mailBy(): Promise<Delivery["sendMail"]> {
    switch (mail.by) {
      case "resend":
        return (await import("./mail/resend.ts")).resendMail(mail);
      case "smtp":
        return (await import("./mail/smtp.ts")).smtpMail(mail);
      case "outbox":
        return outboxMail(dataDir, clock);
    }
  }

  async function smsBy(): Promise<Delivery["sendSms"]> {
    return sms.by === "twilio" ? (await import("./sms/twilio.ts")).twilioSms(sms) : outboxSms(dataDir, clock);
  }
}
