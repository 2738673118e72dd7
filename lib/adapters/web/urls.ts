/** As long as browsers' own address bars are sure to take. */
const LONGEST = 2_000;
/** Of a name as DNS has it (RFC 1035, 2.3.4). */
const NAME_LONGEST = 253;
export const WEB_PORTS: readonly number[] = [80, 443];

/**
 * An address that may be asked for, in the one form that the same page always has; `null` for all others. Only http and
 * https, only their ports, nobody's password, and no name that only a local network knows. Numbers in disguise
 * (`http://2130706433`, `http://0x7f.1`) become plain addresses here, which are then held against the list.
 *
 * @param base what a relative address (in a redirect, in a page) is relative to
 * @param ports tests listen on others
 */
export function webUrl(
  text: string,
  { base, ports = WEB_PORTS }: { base?: URL; ports?: readonly number[] } = {},
): URL | null {
  if (text.length > LONGEST) return null;
  const url = URL.parse(text, base);
  if (!url || url.href.length > LONGEST) return null;
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.username !== "" || url.password !== "") return null;
  if (!ports.includes(portOf(url))) return null;
  // "example.org." is the same place; certificates and other servers know it without the dot.
  if (url.hostname.endsWith(".")) url.hostname = url.hostname.slice(0, -1);
  if (!isPublicName(url.hostname)) return null;
  url.hash = "";
  return url;
}

export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

/** An address in brackets is held against the list later. A name without a dot is a machine next door. */
function isPublicName(hostname: string): boolean {
  if (hostname.startsWith("[")) return true;
  return hostname.includes(".") && hostname.length <= NAME_LONGEST && !hostname.split(".").includes("");
}
