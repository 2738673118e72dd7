import type { Services } from "../services.ts";

/** One request and what must leave with its answer, whichever part of the program gives it. */
export interface Exchange {
  services: Services;
  requestId: string;
  /** The client's, as far as proxies can be believed. */
  address: string;
  /** The other end of the connection: the client, or the last proxy. Null when it is no TCP. */
  peer: Deno.NetAddr | null;
  nonce: string;
  /** `Set-Cookie` values. */
  setCookies: string[];
}

/** Where Fresh looks for what the host knows of a request; our own part rides along. */
interface Runtime {
  name: "deno";
  deno: { info: Deno.ServeHandlerInfo };
  exchange: Exchange;
}

export function attachExchange(req: Request, info: Deno.ServeHandlerInfo, exchange: Exchange): void {
  const runtime: Runtime = { name: "deno", deno: { info }, exchange };
  (req as Request & { runtime: Runtime }).runtime = runtime;
}

export function exchangeOf(req: Request): Exchange {
  return (req as Request & { runtime: Runtime }).runtime.exchange;
}
