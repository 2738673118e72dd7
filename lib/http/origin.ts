import type { Exchange } from "./exchange.ts";

/** What a session remembers of where it was begun. */
export function originOf(req: Request, { address }: Exchange): { userAgent: string; address: string } {
  return { userAgent: req.headers.get("user-agent") ?? "", address };
}
