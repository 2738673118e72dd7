/**
 * `deno task dev`: builds, serves, and does both again when a file changes. It runs the same build as production, so
 * that what works here works there; a rebuild takes about a second, open pages reload, sockets resume.
 */
import { launch } from "./lib/launch.ts";
import { serve } from "./lib/serve.ts";

const SOURCES = [
  "components",
  "db",
  "islands",
  "lib",
  "routes",
  "static",
  "deno.json",
  "main.ts",
  "vite.config.ts",
];
const SOURCE_FILE = /\.(tsx?|css|js|json|sql|svg|png|woff2|webmanifest)$/;
/** Milliseconds: editors write a file in several steps. */
const SETTLE = 60;

await launch(async ({ config, databaseUrl, ending }) => {
  let server: ReturnType<typeof serve> | undefined;
  let over = false;
  void ending.then(() => over = true);
  let built = await isBuilt();
  while (!over) {
    const change = changed();
    built ||= await build();
    if (built && !over) {
      await stop(server);
      server = serve(config, { parallel: false, databaseUrl });
    } else console.error("The build failed; the last one that worked stays up. Save a file to try again.");
    await Promise.race([change, ending]);
    built = false;
  }
  await stop(server);
  return 0;
});

async function stop(server: ReturnType<typeof serve> | undefined): Promise<void> {
  server?.stop();
  await server?.ended;
}

async function build(): Promise<boolean> {
  const args = ["task", "--quiet", "build"];
  return (await new Deno.Command(Deno.execPath(), { args }).spawn().status).success;
}

/** Whether the build that is there is newer than every source. */
async function isBuilt(): Promise<boolean> {
  const made = await modified(".output/nitro.json").catch(() => 0);
  return await newest(SOURCES) < made;
}

async function newest(paths: string[]): Promise<number> {
  let latest = 0;
  for (const path of paths) {
    const { isDirectory } = await Deno.stat(path);
    const inside = isDirectory ? [...Deno.readDirSync(path)].map(({ name }) => `${path}/${name}`) : [];
    latest = Math.max(latest, await modified(path), await newest(inside));
  }
  return latest;
}

async function modified(path: string): Promise<number> {
  return (await Deno.stat(path)).mtime?.getTime() ?? Infinity;
}

/** Resolves at the next change of a source file. */
async function changed(): Promise<void> {
  const watcher = Deno.watchFs(SOURCES);
  for await (const { kind, paths } of watcher) {
    if (kind === "access" || !paths.some((path) => SOURCE_FILE.test(path))) continue;
    await new Promise((done) => setTimeout(done, SETTLE));
    watcher.close();
  }
}
