/**
 * The product in the test's own process: real handler, real pages, real Postgres and KV, on a port of its own. Several
 * nodes of one {@link Parley} share database and KV as isolates do, and hear each other through `kv.watch`.
 */
import { pino } from "pino";
import { seedLounges } from "../../db/seed.ts";
import { routes } from "../../fresh.gen.ts";
import { assemble, dismantle } from "../../lib/assemble.ts";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { type Config, loadConfig } from "../../lib/config.ts";
import { createHandler, type Handler } from "../../lib/http/handler.ts";
import type { Logger } from "../../lib/log.ts";
import { loadPages } from "../../lib/pages.ts";
import type { Services } from "../../lib/services.ts";
import { testDatabase } from "./database.ts";

/** One line of a node's log. */
export interface LogLine {
  level: number;
  msg: string;
  [field: string]: unknown;
}

export interface Node {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  config: Config;
  services: Services;
  /** Warnings and errors so far, or whatever {@link NodeOptions.logLevel} lets through. */
  log: LogLine[];
  /** An orderly end, as on SIGTERM. Safe to call again. */
  stop(): Promise<void>;
}

export interface NodeOptions {
  databaseUrl: string;
  /** A folder of its own; nodes that share `kvUrl` may share it. */
  dataDir: string;
  kvUrl: string;
  clock?: Clock;
  /** Laid over the test environment. */
  env?: Record<string, string>;
  /** From which level on lines are kept; `warn` by default. Nothing is blacked out, unlike in the product's own log. */
  logLevel?: "trace" | "warn";
  /** Stands in for a part, to make it fail. */
  alter?: (services: Services) => Services;
}

/** High enough that no test meets a limit it does not test. */
const NO_LIMITS = "100000";

export async function startNode(options: NodeOptions): Promise<Node> {
  const log: LogLine[] = [];
  const stopping = new AbortController();
  let handler: Handler = unavailable;
  // The port is needed for the configuration, so the server stands before its handler.
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", signal: stopping.signal, onListen() {} },
    (req, info) => handler(req, info),
  );
  const config = loadConfig({
    PORT: `${server.addr.port}`,
    PUBLIC_URL: `http://127.0.0.1:${server.addr.port}`,
    DATA_DIR: options.dataDir,
    KV_URL: options.kvUrl,
    LIMITS_FACTOR: NO_LIMITS,
    ...options.env,
  });
  const pages = await loadPages();
  const parts = {
    config,
    log: recorder(log, options.logLevel),
    clock: options.clock ?? systemClock,
    build: pages.build,
  };
  const assembled = await assemble({ ...parts, databaseUrl: options.databaseUrl });
  const services = options.alter?.(assembled) ?? assembled;
  handler = createHandler(services, pages.fetch, routes.map(({ pattern }) => pattern));
  let stopped: Promise<void> | undefined;
  const end = async () => {
    // A page that is still open may ask until its connection ends.
    handler = unavailable;
    await dismantle(services);
    stopping.abort();
    await server.finished;
  };
  const stop = () => stopped ??= end();
  return { origin: `http://127.0.0.1:${server.addr.port}`, config, services, log, stop };
}

const unavailable: Handler = () => Promise.resolve(new Response(null, { status: 503 }));

function recorder(lines: LogLine[], level = "warn"): Logger {
  return pino({ level, base: undefined }, {
    write: (line: string) => void lines.push(JSON.parse(line)),
  });
}

/** A database, a KV store and the nodes on them. */
export interface Parley extends AsyncDisposable {
  /** The first node, for tests that need only one. */
  node: Node;
  nodes: Node[];
  database: Awaited<ReturnType<typeof testDatabase>>;
  /** What further nodes of the same Parley are started with. */
  shared: NodeOptions;
  /** Starts one more node on the same database and KV. */
  join(more?: Partial<NodeOptions>): Promise<Node>;
  /** Takes note that the log may hold such errors; without it they fail {@link close}. */
  expectErrors(message: RegExp): void;
  /** Stops all nodes, drops the database. @throws Error when a node logged an error nobody expected. */
  close(): Promise<void>;
}

export interface ParleyOptions extends Partial<NodeOptions> {
  nodes?: number;
  /** `history`: people have talked before. Otherwise lounges and empty rooms. */
  seed?: "lounges" | "history";
}

/** @example `await using parley = await startParley({ nodes: 2 });` */
export async function startParley(
  { nodes: count = 1, seed: kind, ...more }: ParleyOptions = {},
): Promise<Parley> {
  const database = await testDatabase({ seeded: kind === "history" });
  const dataDir = await Deno.makeTempDir({ prefix: "parley-test-" });
  const shared: NodeOptions = { databaseUrl: database.url, dataDir, kvUrl: `${dataDir}/kv.sqlite`, ...more };
  if (kind !== "history") await seedLounges(database.sql);
  const nodes: Node[] = [];
  const expected: RegExp[] = [];
  const join = async (other: Partial<NodeOptions> = {}) => {
    const node = await startNode({ ...shared, ...other });
    nodes.push(node);
    return node;
  };
  for (let index = 0; index < count; index++) await join();

  async function close(): Promise<void> {
    await Promise.all(nodes.map((node) => node.stop()));
    await database.drop();
    await Deno.remove(dataDir, { recursive: true });
    const errors = nodes.flatMap(({ log }) => log)
      .filter(({ level, msg }) => level >= 50 && !expected.some((pattern) => pattern.test(msg)));
    if (errors.length > 0) {
      throw new Error(`errors in the log: ${JSON.stringify(errors.slice(0, 5), null, 2)}`);
    }
  }
  return {
    node: nodes[0]!,
    nodes,
    database,
    shared,
    join,
    expectErrors: (message) => void expected.push(message),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A clock that runs as the real one does and can be put forward. */
export function movableClock(): Clock & { advance(ms: number): void } {
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  return Object.assign(clock, { advance: (ms: number) => void (ahead += ms) });
}

/** One {@link Parley} for all tests of a file. @returns where it is, once the first test runs. */
export function parleyForFile(options: ParleyOptions = {}): () => Parley {
  let parley: Parley | undefined;
  Deno.test.beforeAll(async () => {
    parley = await startParley(options);
  });
  Deno.test.afterAll(() => parley?.close());
  return () => parley!;
}
