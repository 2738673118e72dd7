import { createTransport } from "nodemailer";
import type { MailSettings } from "../../config.ts";
import type { Mail } from "../../jobs/queue.ts";
import { DeliveryError, PROVIDER_PATIENCE } from "../delivery.ts";

interface SmtpFailure {
  code?: string;
  responseCode?: number;
  command?: string;
}

/** Mails through any SMTP server: `smtp://` (STARTTLS where the server offers it) or `smtps://`. */
export function smtpMail({ url, from }: Extract<MailSettings, { by: "smtp" }>) {
  const domain = /@([^>]+)>?$/.exec(from)![1]!;
  const transport = createTransport({
    url,
    connectionTimeout: PROVIDER_PATIENCE / 2,
    greetingTimeout: PROVIDER_PATIENCE / 2,
    socketTimeout: PROVIDER_PATIENCE,
  });
  return async ({ to, subject, text }: Mail, key: string): Promise<void> => {
    try {
      // The id stays when a mail is tried again, so that mailboxes can tell a second copy.
      const messageId = `<${key}@${domain}>`;
      // An object, not text: an address is never read as a list of several.
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text, messageId });
    } catch (cause) {
      const { code, responseCode, command } = cause as SmtpFailure;
      // A 5xx at RCPT or DATA is about this message; one at AUTH is about us, and somebody may mend it.
      const hopeless = (responseCode ?? 0) >= 500 && command !== undefined &&
        /^(RCPT|DATA|MAIL)/.test(command);
      throw new DeliveryError("The SMTP server", responseCode ?? code ?? "unknown", { hopeless, cause });
    }
  };
}
