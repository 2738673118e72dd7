/** The product with a web whose names lead to servers of ours on loopback. */
import type { Services } from "../../lib/services.ts";
import { type Parley, startParley } from "../support/node.ts";
import { type Answering, type Site, site, type TestWeb, testWeb } from "./servers.ts";

export interface WebParley extends AsyncDisposable {
  parley: Parley;
  site: Site;
  web: TestWeb;
  /** An address at the site. */
  at(path: string, host?: string): string;
}

/** @param hosts addresses of names that lead elsewhere than to the site */
export async function startWebParley(
  answer: Answering,
  { hosts, nodes = 2 }: { hosts?: Record<string, string[]>; nodes?: number } = {},
): Promise<WebParley> {
  const server = site(answer);
  const web = testWeb([server.port], { hosts });
  // Every part of the isolate holds the same object: it is its ways that are others.
  const alter = (services: Services) => {
    Object.assign(services.web, web.web);
    return services;
  };
  const parley = await startParley({ nodes, alter });
  return {
    ...{ parley, site: server, web },
    at: (path, host = "page.example") => `http://${host}:${server.port}${path}`,
    async [Symbol.asyncDispose]() {
      await parley.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
