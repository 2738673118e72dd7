import twilio from "twilio";
import type { SmsSettings } from "../../config.ts";
import type { Sms } from "../../jobs/queue.ts";
import { DeliveryError, PROVIDER_PATIENCE } from "../delivery.ts";

/** What Twilio's library hands to whoever carries its requests. */
interface TwilioRequest {
  method: string;
  uri: string;
  username?: string;
  password?: string;
  headers?: Record<string, string>;
  data?: Record<string, string>;
}

/** Text messages through Twilio's own client library; the requests travel by `fetch` (decision 10). */
export function twilioSms({ accountSid, authToken, from, baseUrl }: Extract<SmsSettings, { by: "twilio" }>) {
  const httpClient = { request: (request: TwilioRequest) => carry(request, baseUrl) };
  const client = twilio(accountSid, authToken, { httpClient: httpClient as unknown as twilio.RequestClient });
  const sender = from.startsWith("MG") ? { messagingServiceSid: from } : { from };
  return async ({ to, text }: Sms): Promise<void> => {
    try {
      await client.messages.create({ ...sender, to, body: text });
    } catch (cause) {
      const { status, code } = cause as { status?: number; code?: number };
      // Twilio answers 400 for a number it cannot reach; 401, 429 and 5xx pass or can be mended.
      throw new DeliveryError("Twilio", code ?? status ?? "unreachable", { hopeless: status === 400, cause });
    }
  };
}

/** @param baseUrl stands in for `https://api.twilio.com`: a proxy of the operator's. */
async function carry({ method, uri, username, password, headers, data }: TwilioRequest, baseUrl?: string) {
  const { pathname, search } = new URL(uri);
  const response = await fetch(baseUrl ? new URL(pathname + search, baseUrl) : uri, {
    method: method.toUpperCase(),
    headers: { ...headers, authorization: `Basic ${btoa(`${username}:${password}`)}` },
    body: data && new URLSearchParams(data),
    signal: AbortSignal.timeout(PROVIDER_PATIENCE),
  });
  return {
    statusCode: response.status,
    body: await response.text(),
    headers: Object.fromEntries(response.headers),
  };
}
