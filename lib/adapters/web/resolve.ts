/** All addresses of a name; none when there is no such name. */
export type Resolve = (name: string, signal: AbortSignal) => Promise<string[]>;

/**
 * Asks DNS, and not `/etc/hosts` nor the local network: what only this machine knows is not for previews. One
 * family that cannot be had (servers that fail on AAAA are common) does not lose the other.
 */
export const resolveByDns: Resolve = async (name, signal) => {
  // With its dot a name is whole: none of this machine's search domains is put behind it.
  const whole = `${name}.`;
  const found = await Promise.allSettled([
    Deno.resolveDns(whole, "A", { signal }),
    Deno.resolveDns(whole, "AAAA", { signal }),
  ]);
  return found.flatMap((family) => family.status === "fulfilled" ? family.value : []);
};
