/** The built pages, as `deno task build` left them in `.output`. */
interface Pages {
  fetch(req: Request): Promise<Response> | Response;
  /** Names the build: pages and sockets of another one reload. */
  build: string;
}

/** @throws Error saying what to do when there is no build. */
export async function loadPages(): Promise<Pages> {
  try {
    const built = await import(new URL("../.output/server/index.mjs", import.meta.url).href);
    const { date } = JSON.parse(await Deno.readTextFile(new URL("../.output/nitro.json", import.meta.url)));
    return { fetch: built.default.fetch, build: date };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    throw new Error("The pages are not built: run `deno task build` first.", { cause: error });
  }
}
