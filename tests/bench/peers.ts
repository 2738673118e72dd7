/** Starts the programs that Parley is measured against; they are in `peers/`, with what is fair about them. */
import { until } from "../support/wait.ts";
import { type Cores, freePort, run, type Running } from "./processes.ts";
import { Wire } from "./wire.ts";

const FOLDER = new URL("peers/", import.meta.url).pathname;
const REDIS = "redis-server";

export interface Peer extends Running {
  port: number;
}

/** Installs what the peers are made of, where it is not there yet. @throws Error with what to do, when it cannot */
export async function installPeers(): Promise<void> {
  if (!await there(`${FOLDER}node_modules`)) {
    await command("npm", ["ci", "--no-audit", "--no-fund", "--silent"], FOLDER);
  }
  if (!await runs(REDIS, ["--version"])) {
    console.log("installing redis-server …");
    const root = Deno.uid() === 0 ? [] : ["sudo", "-n"];
    const [apt, ...rest] = [...root, "apt-get"];
    await command(apt!, [...rest, "update", "-qq"], FOLDER);
    await command(apt!, [...rest, "install", "-y", "-qq", "--no-install-recommends", REDIS], FOLDER);
  }
}

/** A Redis that keeps nothing on disk, on whichever cores. */
export async function startRedis(): Promise<Peer> {
  const port = freePort();
  const quiet = ["--save", "", "--appendonly", "no", "--loglevel", "warning", "--dir", "/tmp"];
  const redis = run({ command: REDIS, args: ["--port", `${port}`, "--bind", "127.0.0.1", ...quiet] });
  await until("Redis", async () => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode("PING\r\n"));
    return await connection.read(new Uint8Array(16)) !== null;
  });
  return { ...redis, port };
}

/** Node with `ws`. */
export async function startNodeWs(databaseUrl: string, cores: Cores | null): Promise<Peer> {
  return await startPeer("ws.mjs", cores, (port) => [port, databaseUrl, POOL], "/?user=1");
}

/** Node with Socket.IO and its Redis adapter. */
export async function startSocketIo(databaseUrl: string, redis: Peer, cores: Cores | null): Promise<Peer> {
  const args = (port: string) => [port, databaseUrl, POOL, `redis://127.0.0.1:${redis.port}`];
  return await startPeer("socket_io.mjs", cores, args, "/socket.io/?EIO=4&transport=websocket&user=1");
}

/** Connections to Postgres of each peer: of 10, 20, 30 and 40 the number that both were fastest with, in turn. */
const POOL = "30";

async function startPeer(
  program: string,
  cores: Cores | null,
  args: (port: string) => string[],
  path: string,
): Promise<Peer> {
  const port = freePort();
  const peer = run({
    command: "node",
    args: [...nodeFlags(), `${FOLDER}${program}`, ...args(`${port}`)],
    env: { NODE_ENV: "production" },
    cores: cores?.server,
  });
  await until(program, async () => (await Wire.open({ host: "127.0.0.1", port, path })).close() ?? true);
  return { ...peer, port };
}

/** More flags for the measured peers, such as `--cpu-prof`. */
function nodeFlags(): string[] {
  return Deno.env.get("BENCH_NODE_FLAGS")?.split(" ") ?? [];
}

async function there(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function runs(name: string, args: string[]): Promise<boolean> {
  return await new Deno.Command(name, { args, stdout: "null", stderr: "null" }).output()
    .then(({ success }) => success, () => false);
}

async function command(name: string, args: string[], cwd: string): Promise<void> {
  const said = [name, ...args].join(" ");
  const { success, stderr } = await new Deno.Command(name, { args, cwd, stdout: "null" }).output()
    .catch((error) => ({ success: false, stderr: new TextEncoder().encode(String(error)) }));
  if (!success) {
    throw new Error(`The peers need \`${said}\`, which failed:\n${new TextDecoder().decode(stderr)}`);
  }
}
