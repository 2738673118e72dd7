/**
 * The client's address. `X-Forwarded-For` is whatever the client claims, with each proxy's neighbour appended on the
 * right; with `trustProxy` proxies of ours in front, the entry that many places from the right is the first that none
 * of them made up. Without proxies the header is ignored.
 */
export function clientAddress(req: Request, peer: string, trustProxy: number): string {
  if (trustProxy === 0) return peer;
  const hops = (req.headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim()).filter(Boolean);
  return hops.at(-trustProxy) ?? peer;
}
