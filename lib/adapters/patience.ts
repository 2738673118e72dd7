import { DeliveryError, PROVIDER_PATIENCE } from "./delivery.ts";

/** Waits for a provider, but not for ever. @throws DeliveryError `timeout` */
export async function withPatience<Answer>(provider: string, asked: Promise<Answer>): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryError(provider, "timeout")), PROVIDER_PATIENCE);
  });
  try {
    return await Promise.race([asked, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
