import { fresh } from "@frsh/fresh/vite";
// Teaches Vite's types the `nitro` key.
import type {} from "nitro/vite";
import { defineConfig } from "vite";
import { stylesheet } from "./lib/styles/vite_plugin.ts";

export default defineConfig({
  plugins: [fresh(), stylesheet()],
  // Fresh's own modules import each other as "fresh".
  resolve: { alias: { fresh: "@frsh/fresh" } },
  nitro: {
    preset: "deno_server",
    entry: new URL("./nitro.entry.ts", import.meta.url).pathname,
    serveStatic: true,
    // Nitro copies static files, not Vite.
    publicAssets: [{ dir: "static", maxAge: 0 }],
    compressPublicAssets: { gzip: true, brotli: true },
  },
});
