import { isIP } from "node:net";
import { isPublicAddress } from "../web/addresses.ts";
import type { Resolve } from "../web/resolve.ts";

/** Machines of one's own, where developers run a push service to try things. */
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
/** Milliseconds for a name to be looked up. */
const RESOLVE_WITHIN = 5_000;

export interface Endpoint {
  url: URL;
  /** The very addresses that were found to be public, one a family: whoever connects does not look the name up again. */
  addresses: string[];
}

/** Why an address is not asked. */
export class EndpointRefusal extends Error {
  override name = "EndpointRefusal";
  /** @param passing another try may end better */
  constructor(message: string, readonly passing = false) {
    super(message);
  }
}

/**
 * Whoever subscribes says where we send to, so it could be anywhere: https and the public internet are all that it may be.
 * No list of the push services there are, for browsers come with their own, and people run theirs. When a name has
 * several addresses all must be public.
 * @param options.loopback also takes push services on this machine, over plain http too; for development
 * @param options.alsoPublic for tests, whose servers stand on loopback
 * @throws EndpointRefusal
 */
export async function findEndpoint(
  text: string,
  { resolve, loopback, alsoPublic }: {
    resolve: Resolve;
    loopback: boolean;
    alsoPublic?: ReadonlySet<string>;
  },
): Promise<Endpoint> {
  const url = URL.parse(text);
  if (!url || url.username !== "" || url.password !== "") {
    throw new EndpointRefusal("That is no address of a push service.");
  }
  if (loopback && LOOPBACK.includes(url.hostname)) {
    return { url, addresses: [url.hostname === "[::1]" ? "::1" : "127.0.0.1"] };
  }
  if (url.protocol !== "https:") throw new EndpointRefusal("Push services are reached by https.");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const all = isIP(host) ? [host] : await resolve(host, AbortSignal.timeout(RESOLVE_WITHIN)).catch(() => []);
  if (all.length === 0) throw new EndpointRefusal("That push service is not found.", true);
  const isPublic = (address: string) => isPublicAddress(address) || (alsoPublic?.has(address) ?? false);
  if (!all.every(isPublic)) {
    throw new EndpointRefusal("That push service is not on the public internet.");
  }
  const one = (family: number) => all.find((address) => isIP(address) === family);
  return { url, addresses: [one(4), one(6)].filter((address) => address !== undefined) };
}
