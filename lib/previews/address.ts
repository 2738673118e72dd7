import { createHash } from "node:crypto";
import { PREVIEWS_A_MESSAGE } from "../protocol/limits.ts";
import type { Services } from "../services.ts";

/** An address as the cache knows it. */
export interface PreviewAddress {
  url: string;
  urlHash: Uint8Array;
}

/** `null` for what is never asked for: other schemes and ports, passwords, names of the local network. */
export function addressOf({ web }: Pick<Services, "web">, text: string): PreviewAddress | null {
  const url = web.urlOf(text)?.href;
  return url === undefined ? null : { url, urlHash: hashOf(url) };
}

/** The first few addresses of a message that may be asked for, each once. */
export function addressesOf(
  services: Pick<Services, "web">,
  links: readonly string[],
): PreviewAddress[] {
  const addresses = new Map<string, PreviewAddress>();
  for (const link of links) {
    if (addresses.size === PREVIEWS_A_MESSAGE) break;
    const address = addressOf(services, link);
    if (address) addresses.set(address.url, address);
  }
  return [...addresses.values()];
}

export function hashOf(url: string): Uint8Array {
  return createHash("sha256").update(url).digest();
}
