import type { Mail, Sms } from "../jobs/queue.ts";

/**
 * How messages leave. Providers are asked once a call; trying again is the job's affair.
 * `key` names the message, so that a provider that knows such keys does not send it twice.
 */
export interface Delivery {
  /** @throws DeliveryError */
  sendMail(mail: Mail, key: string): Promise<void>;
  /** @throws DeliveryError */
  sendSms(sms: Sms, key: string): Promise<void>;
}

/** Milliseconds a provider may take. */
export const PROVIDER_PATIENCE = 20_000;

/** A message that did not leave. Its words may be logged and kept: providers' own often quote the address. */
export class DeliveryError extends Error {
  override name = "DeliveryError";
  /** The provider will never take this message: a number that does not exist, an address that is none. */
  readonly hopeless: boolean;
  /** Seconds that the provider asks us to wait. */
  readonly retryAfter: number;

  /** @param reason a status or a code of the provider, such as `429` or `EAUTH`. */
  constructor(
    provider: string,
    reason: string | number,
    options: { hopeless?: boolean; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(`${provider} did not take the message: ${reason}`, { cause: options.cause });
    this.hopeless = options.hopeless ?? false;
    this.retryAfter = options.retryAfter ?? 0;
  }
}
