import { fresh } from "@frsh/fresh/vite";
import { defineConfig } from "vite";
import { stylesheet } from "./lib/styles/vite_plugin.ts";

export default defineConfig({
  plugins: [fresh(), stylesheet()],
  // Fresh's own modules import each other as "fresh".
  resolve: { alias: { fresh: "@frsh/fresh" } },
  publicDir: "static",
  nitro: {
    preset: "deno_server",
    entry: new URL("./nitro.entry.ts", import.meta.url).pathname,
    serveStatic: true,
    // Nitro switches Vite's own copying of publicDir off.
    publicAssets: [{ dir: "static" }],
    compressPublicAssets: { gzip: true, brotli: true },
  },
});
