/** A page of messages, drawn by the server and taken over by the browser, under the policy of the real ones. */
import { join } from "node:path";
import { render } from "preact-render-to-string";
import { rolldown } from "rolldown";
import { Markdown } from "../../components/markdown/Markdown.tsx";
import type { Known } from "../../components/markdown/known.ts";
import { makeStylesheet } from "../../lib/styles/stylesheet.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'";
const ENTRY = "virtual:messages";
const ENTRY_CODE = `
import { h, hydrate } from "preact";
import { Markdown } from "${ROOT}components/markdown/Markdown.tsx";
const { texts, known } = JSON.parse(document.getElementById("messages").textContent);
texts.forEach((text, place) => hydrate(h(Markdown, { text, known }), document.getElementById("m" + place)));
document.documentElement.dataset.live = "true";
`;

/** The browser's part: name of the file → its code. The first one is the entry. */
export async function browserFiles(): Promise<Map<string, string>> {
  const bundle = await rolldown({
    input: ENTRY,
    cwd: ROOT,
    logLevel: "silent",
    transform: { jsx: { runtime: "automatic", importSource: "preact" } },
    plugins: [{
      name: "messages",
      resolveId: (id: string) => id === ENTRY ? join(ROOT, "messages.js") : undefined,
      load: (id: string) => id === join(ROOT, "messages.js") ? ENTRY_CODE : undefined,
    }],
  });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  return new Map(output.map((file) => [file.fileName, file.type === "chunk" ? file.code : ""]));
}

export interface MessagesPage extends AsyncDisposable {
  origin: string;
  /** Files that browsers fetched, in order. */
  fetched: string[];
}

function html(texts: readonly string[], known: Known, entry: string | undefined): string {
  const data = JSON.stringify({ texts, known }).replaceAll("<", "\\u003c");
  const messages = texts.map((text, place) =>
    `<article id="m${place}">${render(<Markdown text={text} known={known} />)}</article>`
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Messages</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css"></head><body><main><h1>Messages</h1>${messages.join("\n")}</main>
<script type="application/json" id="messages">${data}</script>
${entry ? `<script type="module" src="/${entry}"></script>` : ""}</body></html>`;
}

/** Serves the messages. Without `scripts` nothing is taken over. */
export async function servePage(
  texts: readonly string[],
  { known = {}, scripts = true }: { known?: Known; scripts?: boolean } = {},
): Promise<MessagesPage> {
  const files = scripts ? await browserFiles() : new Map<string, string>();
  const page = html(texts, known, files.keys().next().value);
  const { css } = makeStylesheet(ROOT.replace(/\/$/, ""));
  const fetched: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "localhost", onListen: () => {} }, async (request) => {
    const name = new URL(request.url).pathname.slice(1);
    fetched.push(name);
    const answer = (body: string, type: string) =>
      new Response(body, {
        headers: { "content-type": `${type}; charset=utf-8`, "content-security-policy": POLICY },
      });
    if (name === "") return answer(page, "text/html");
    if (name === "style.css") return answer(css, "text/css");
    if (/^fonts\/[\w.-]+$/.test(name)) return new Response(await Deno.readFile(`${ROOT}static/${name}`));
    const code = files.get(name);
    return code === undefined ? new Response(null, { status: 404 }) : answer(code, "text/javascript");
  });
  return {
    origin: `http://localhost:${server.addr.port}`,
    fetched,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
