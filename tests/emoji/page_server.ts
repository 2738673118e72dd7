/** Bundles `page.tsx` and serves it under the product's own content policy, with the product's stylesheet. */
import { rolldown } from "rolldown";
import { makeStylesheet } from "../../lib/styles/stylesheet.ts";

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'";
/** What the room's page does around the picker: a box as high as the screen, the composer at its foot. */
const STAGE = `
.stage { position: relative; display: flex; flex-direction: column; height: 100dvh; overflow: hidden; }
.stage > h1 { font-size: 1.125rem; padding: 12px; }
.stage > p { flex-grow: 1; padding: 12px; }
.composer { display: flex; gap: 8px; padding: 12px; }
.composer > textarea { flex-grow: 1; min-height: 44px; border: 1px solid var(--strong); border-radius: 16px; padding: 8px; }
@media (min-width: 640px) { .composer { position: relative; } }
`;
const HTML = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Picker</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css"><link rel="icon" href="data:,"></head>
<body><div id="app"></div><script type="module" src="/page.js"></script></body></html>`;

async function bundle(): Promise<Map<string, string>> {
  const build = await rolldown({
    input: { page: `${ROOT}/tests/emoji/page.tsx` },
    cwd: ROOT,
    platform: "browser",
    transform: { jsx: { runtime: "automatic", importSource: "preact" } },
  });
  const { output } = await build.generate({
    format: "esm",
    minify: true,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
  });
  await build.close();
  return new Map(
    output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : `${file.source}`]),
  );
}

export interface PageServer extends AsyncDisposable {
  origin: string;
  /** What was bundled: path → code. */
  files: ReadonlyMap<string, string>;
}

export async function servePage(): Promise<PageServer> {
  const files = await bundle();
  const css = makeStylesheet(ROOT).css + STAGE;
  const answer = async (path: string): Promise<[body: BodyInit, type: string] | null> => {
    if (path === "/") return [HTML, "text/html"];
    if (path === "/page.css") return [css, "text/css"];
    const code = files.get(path);
    if (code) return [code, "text/javascript"];
    const asset = path.match(/^\/(?:stickers|fonts)\/[\w/.-]+\.(svg|woff2)$/);
    if (!asset || path.includes("..")) return null;
    const bytes = await Deno.readFile(`${ROOT}/static${path}`).catch(() => null);
    return bytes && [bytes, asset[1] === "svg" ? "image/svg+xml" : "font/woff2"];
  };
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (req) => {
    const found = await answer(new URL(req.url).pathname);
    if (!found) return new Response(null, { status: 404 });
    const [body, type] = found;
    return new Response(body, { headers: { "content-type": type, "content-security-policy": POLICY } });
  });
  return {
    origin: `http://127.0.0.1:${server.addr.port}`,
    files,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
