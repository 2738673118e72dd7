import type { Fetch } from "../../lib/client/api.ts";

/** Milliseconds a request may take. Browsers give up on a dead connection as well, if later. */
const PATIENCE = 5_000;

/** How clients reach the server. */
export interface Network {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** What the server signs access tokens with. */
  secret: string;
  fetch: Fetch;
  close(): void;
}

/** Deno's `fetch`, which takes a client of its own; the browser's types know nothing of that. */
type DenoFetch = (url: string, init: RequestInit & { client: Deno.HttpClient }) => Promise<Response>;

export function createNetwork(origin: string, secret: string): Network {
  // A connection that is kept for later may have died meanwhile.
  const client = Deno.createHttpClient({ poolMaxIdlePerHost: 0 });
  const reach = globalThis.fetch as DenoFetch;
  return {
    ...{ origin, secret },
    fetch: (path, init) => reach(origin + path, { ...init, client, signal: AbortSignal.timeout(PATIENCE) }),
    close: () => client.close(),
  };
}
