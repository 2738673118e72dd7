/** `deno task start`: the built product on one machine, one isolate a core. The isolates themselves are `main.ts`. */
import { launch } from "./lib/launch.ts";
import { serve } from "./lib/serve.ts";

await launch(async ({ config, databaseUrl, ending }) => {
  const server = serve(config, { parallel: true, databaseUrl });
  void ending.then(() => server.stop());
  return await server.ended;
});
