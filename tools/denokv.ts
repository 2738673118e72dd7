/**
 * The KV server that several machines share.
 *
 * `deno task denokv:install` builds it from crates.io, once; `--quick` without optimisation, in a third of the time.
 * `deno task denokv` runs it for development, on DENOKV_PORT (4512) of this machine, its data in DATA_DIR.
 */
import { join } from "node:path";
import { DENOKV_FOLDER, DENOKV_VERSION, denokvPath, hasDenokv } from "./denokv_place.ts";

/** Not optimised: for tests, where the machine that builds it runs it for a minute. */
const QUICK = { CARGO_PROFILE_RELEASE_OPT_LEVEL: "0", CARGO_PROFILE_RELEASE_LTO: "off" };
/** What a development server asks for when nothing else is said; denokv wants twelve characters at least. */
const DEVELOPMENT_TOKEN = "parley-development";

function end(problem: string): never {
  console.error(problem);
  Deno.exit(1);
}

/** Runs a program to its end, showing all it prints. @returns null when there is no such program */
async function run(name: string, args: string[], env: Record<string, string> = {}): Promise<number | null> {
  try {
    return (await new Deno.Command(name, { args, env, stdin: "null" }).spawn().status).code;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

async function install(): Promise<void> {
  if (hasDenokv()) return console.log(`denokv is here already: ${denokvPath()}`);
  if (await run("cargo", ["--version"]) === null) {
    end(
      "cargo is lacking, with which denokv is built: Rust 1.91 or newer, from https://rustup.rs or your system's packages " +
        "(Debian 12: apt-get install cargo-web). Or set DENOKV to a denokv program that you have.",
    );
  }
  if (await run(Deno.env.get("PROTOC") || "protoc", ["--version"]) === null) {
    end("protoc is lacking, which denokv's build needs (Debian: apt-get install protobuf-compiler).");
  }
  const quick = Deno.args.includes("--quick");
  console.log(`Building denokv ${DENOKV_VERSION}; ${quick ? "two" : "three to six"} minutes on two cores.`);
  const args = ["install", "denokv", "--version", DENOKV_VERSION, "--locked", "--root", DENOKV_FOLDER];
  const code = await run("cargo", args, quick ? QUICK : {});
  if (code !== 0) end(`denokv could not be built: cargo ended with ${code}.`);
  console.log(`denokv is ready: ${denokvPath()}`);
}

async function serve(): Promise<void> {
  if (!hasDenokv()) end(`There is no denokv at ${denokvPath()}: run \`deno task denokv:install\` first.`);
  const folder = Deno.env.get("DATA_DIR") || ".data";
  Deno.mkdirSync(folder, { recursive: true });
  const token = Deno.env.get("DENO_KV_ACCESS_TOKEN") || DEVELOPMENT_TOKEN;
  const address = `127.0.0.1:${Deno.env.get("DENOKV_PORT") || "4512"}`;
  console.log(`Start Parley with: KV_URL=http://${address} DENO_KV_ACCESS_TOKEN=${token}`);
  const child = new Deno.Command(denokvPath(), {
    args: ["--sqlite-path", join(folder, "denokv.sqlite"), "serve", "--addr", address],
    // Not as an argument, which every user of the machine could read.
    env: { DENO_KV_ACCESS_TOKEN: token },
    stdin: "null",
  }).spawn();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => child.kill("SIGTERM"));
  }
  Deno.exit((await child.status).code);
}

await (Deno.args[0] === "install" ? install() : serve());
