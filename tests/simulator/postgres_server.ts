/** A PostgreSQL of the simulator's own, which can be stopped, killed, frozen and started again. */
import { accountFor, clusterFolder } from "../../db/embedded/account.ts";
import { readPostmaster, startCluster } from "../../db/embedded/cluster.ts";
import { findPrograms, type Programs, run } from "../../db/embedded/programs.ts";
import { ensurePostgres } from "../../db/embedded.ts";
import { childrenOf, signal } from "./processes.ts";

const quiet = () => {};

export class PostgresServer {
  private constructor(
    /** As it was at its first start; the port may be another later. */
    readonly url: string,
    private readonly directory: string,
    private readonly programs: Programs,
    public port: number,
  ) {}

  static async create(folder: string): Promise<PostgresServer> {
    const { url } = await ensurePostgres(folder, quiet);
    const directory = await clusterFolder(await Deno.realPath(folder), quiet);
    const programs = await findPrograms(await accountFor(directory), quiet);
    return new PostgresServer(url, directory, programs, Number(new URL(url).port));
  }

  /** `fast` says goodbye to its clients; `immediate` leaves as a crash does, and recovers from its log at the next start. */
  async stop(mode: "fast" | "immediate"): Promise<void> {
    await run(this.programs, "pg_ctl", ["stop", "-D", this.directory, "-m", mode, "-w", "-t", "60", "-s"]);
  }

  async start(): Promise<void> {
    await startCluster(this.programs, this.directory);
    this.port = (await readPostmaster(this.directory))!.port;
  }

  /** All of its processes stand still for so many milliseconds, whatever locks they hold. */
  async freeze(lasting: number): Promise<void> {
    const { pid } = (await readPostmaster(this.directory))!;
    const frozen = childrenOf(pid);
    for (const child of frozen) signal(child, "SIGSTOP");
    await new Promise((done) => setTimeout(done, lasting));
    for (const child of frozen) signal(child, "SIGCONT");
  }
}
