import { createECDH } from "node:crypto";
import { ConfigError, type PushSettings } from "../../config.ts";
import { DeliveryError } from "../delivery.ts";
import { type Resolve, resolveByDns } from "../web/resolve.ts";
import { EndpointRefusal, findEndpoint } from "./endpoint.ts";
import { post, type PostAnswer, type PostHeaders } from "./post.ts";
import type { Push } from "./push.ts";

/** Milliseconds a push service may take. */
const PATIENCE = 10_000;
/** What no later try would mend: a payload too large, keys it does not know, a request it does not understand. */
const HOPELESS = new Set([400, 401, 403, 405, 413, 415]);
/** Seconds; services that ask for more get another try then all the same. */
const RETRY_AFTER_MAX = 3_600;

/** For tests: names and certificates of their own. */
export interface PushParts {
  resolve?: Resolve;
  alsoPublic?: ReadonlySet<string>;
  ca?: string[];
}

/**
 * Web Push by the `web-push` library, which seals (RFC 8291) and signs (RFC 8292); the request itself is ours, for it must
 * reach no private address.
 * @throws ConfigError when the public key is not the private one's
 */
export function createPush(settings: PushSettings, options: PushParts = {}): Push {
  const { resolve = resolveByDns, alsoPublic, ca } = options;
  const { privateKey, subject, loopback } = settings;
  const publicKey = publicKeyOf(privateKey);
  if (settings.publicKey !== undefined && settings.publicKey !== publicKey) {
    throw new ConfigError(["VAPID_PUBLIC_KEY: does not belong to VAPID_PRIVATE_KEY"]);
  }
  const find = (endpoint: string) => findEndpoint(endpoint, { resolve, loopback, alsoPublic });
  return {
    publicKey,
    async problemWith(endpoint) {
      try {
        await find(endpoint);
        return null;
      } catch (error) {
        if (error instanceof EndpointRefusal) return error.message;
        throw error;
      }
    },
    async send(to, payload, { ttl, urgency, topic }) {
      // Loaded by the first isolate that sends something.
      // @ts-types="@types/web-push"
      const { default: webpush } = await import("web-push");
      const { headers, body } = webpush.generateRequestDetails(to, payload, {
        vapidDetails: { subject, publicKey, privateKey },
        TTL: ttl,
        urgency,
        topic,
        contentEncoding: "aes128gcm",
      });
      const answer = await reach(to.endpoint, headers, body as Uint8Array);
      if (answer.status === 404 || answer.status === 410) return "gone";
      if (answer.status >= 200 && answer.status < 300) return "taken";
      throw new DeliveryError("The push service", answer.status, {
        hopeless: HOPELESS.has(answer.status),
        retryAfter: secondsOf(answer.retryAfter),
      });
    },
  };

  /** @throws DeliveryError */
  async function reach(endpoint: string, headers: PostHeaders, body: Uint8Array): Promise<PostAnswer> {
    const { url, addresses } = await find(endpoint).catch((cause) => {
      const hopeless = cause instanceof EndpointRefusal && !cause.passing;
      throw new DeliveryError("The push service", hopeless ? "not public" : "unreachable", {
        hopeless,
        cause,
      });
    });
    const until = AbortSignal.timeout(PATIENCE);
    let failure: unknown;
    for (const address of addresses) {
      try {
        return await post({ url, address, ca }, { headers, body }, until);
      } catch (error) {
        failure = error;
        if (until.aborted) break;
      }
    }
    throw new DeliveryError("The push service", "unreachable", { cause: failure });
  }
}

/** Both in base64url: a scalar of 32 bytes, and the point it makes on P-256. */
function publicKeyOf(privateKey: string): string {
  const curve = createECDH("prime256v1");
  try {
    curve.setPrivateKey(privateKey, "base64url");
  } catch {
    throw new ConfigError(["VAPID_PRIVATE_KEY: is no key of P-256"]);
  }
  return curve.getPublicKey("base64url");
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(0, Math.ceil(seconds)), RETRY_AFTER_MAX) : undefined;
}
