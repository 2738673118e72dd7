import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** All that IANA has given out for machines of the public internet. */
const GLOBAL_UNICAST_V6 = ipaddr.IPv6.parseCIDR("2000::/3");
/** Stands for an IPv4 address behind a translator, which is how networks without IPv4 reach it (RFC 6052). */
const TRANSLATED = ipaddr.IPv6.parseCIDR("64:ff9b::/96");
/** Public by its number, but on machines of Azure's it is their own host, which hands out settings and keys. */
const AZURE_HOST = "168.63.129.16";

/**
 * True for addresses of machines on the public internet, and for nothing else: no private, loopback, link-local (where
 * clouds keep their metadata), shared, multicast, documentation or benchmark net (IANA's special-purpose registries,
 * RFC 6890), and no IPv6 address that carries an IPv4 one through a tunnel.
 */
export function isPublicAddress(address: string): boolean {
  // Strict where ipaddr.js would also read "0x7f.1"; a zone ("%eth0") names a link of ours.
  if (isIP(address) === 0 || address.includes("%")) return false;
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv6) return isPublicV6(parsed);
  return parsed.range() === "unicast" && parsed.toString() !== AZURE_HOST;
}

function isPublicV6(address: ipaddr.IPv6): boolean {
  if (address.match(TRANSLATED)) {
    return isPublicAddress(new ipaddr.IPv4(address.toByteArray().slice(12)).toString());
  }
  return address.match(GLOBAL_UNICAST_V6) && address.range() === "unicast";
}
