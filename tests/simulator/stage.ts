/** The stage of a run: a database, a server on it, and between all of them what can fail. */
import { connect, type Sql } from "../../db/client.ts";
import { migrate } from "../../db/migrate.ts";
import { type Bug, plantInDatabase } from "./bugs/bugs.ts";
import { setControls, UNHURT } from "./controls.ts";
import { FaultProxy } from "./fault_proxy.ts";
import { PostgresServer } from "./postgres_server.ts";
import type { Random } from "./random.ts";
import { ServerProcess } from "./server_process.ts";
import { makeWorld, type World, type WorldSize } from "./world.ts";

export interface StageOptions {
  random: Random;
  world: WorldSize;
  isolates: number;
  bug?: Bug;
}

export class Stage implements AsyncDisposable {
  readonly secret = crypto.getRandomValues(new Uint8Array(32)).toHex();
  readonly server: ServerProcess;
  /** Between clients and server. */
  readonly network: FaultProxy;
  /** Between server and Postgres. */
  readonly wire: FaultProxy;

  private constructor(
    /** The server's data folder. */
    readonly folder: string,
    readonly postgres: PostgresServer,
    readonly world: World,
    { random, isolates, bug }: StageOptions,
  ) {
    const port = (): number => this.server.port;
    this.network = new FaultProxy({ target: port, random: random.fork("network"), frames: true });
    this.wire = new FaultProxy({ target: () => postgres.port, random: random.fork("wire") });
    this.server = new ServerProcess(isolates, {
      ACCESS_TOKEN_SECRET: this.secret,
      DATABASE_URL: urlAt(postgres.url, this.wire.port),
      DATA_DIR: folder,
      HOST: "127.0.0.1",
      LIMITS_FACTOR: "100000",
      LOG_LEVEL: "error",
      PUBLIC_URL: this.origin,
      SIM_BUG: bug ?? "",
    });
  }

  static async set(options: StageOptions): Promise<Stage> {
    const folder = await Deno.makeTempDir({ prefix: "parley-simulator-" });
    await setControls(folder, UNHURT);
    const postgres = await PostgresServer.create(`${folder}/database`);
    const sql = connect(postgres.url, { max: 2, name: "simulator" });
    await migrate(sql);
    if (options.bug) await plantInDatabase(sql, options.bug);
    const world = await makeWorld(sql, options.world);
    await sql.end();
    return new Stage(folder, postgres, world, options);
  }

  /** Where clients find the server. */
  get origin(): string {
    return `http://127.0.0.1:${this.network.port}`;
  }

  /** A way to the database that nothing stands in. */
  connect(): Sql {
    return connect(urlAt(this.postgres.url, this.postgres.port), { max: 2, name: "simulator" });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.kill9();
    this.network.close();
    this.wire.close();
    await this.postgres.stop("fast");
    await Deno.remove(this.folder, { recursive: true });
  }
}

function urlAt(url: string, port: number): string {
  const there = new URL(url);
  there.port = `${port}`;
  return there.href;
}
