/**
 * A page of a test's own among those of a running Parley: parts of the product before a real server, in a real browser, under
 * the product's own policy and styles, where no page of the product shows them in that way.
 */
import { rolldown } from "rolldown";
import type { Person } from "./browser.ts";
import type { Node } from "./node.ts";

/** File name → code. */
type Scripts = Map<string, string>;

/** Bundles a module for the browser. @param entry `new URL("./stage.tsx", import.meta.url)` */
export async function bundle(entry: URL): Promise<Scripts> {
  const build = await rolldown({
    input: { stage: entry.pathname },
    platform: "browser",
    transform: { jsx: { runtime: "automatic", importSource: "preact" } },
    logLevel: "silent",
  });
  const { output } = await build.generate({ format: "esm", chunkFileNames: "[name]-[hash].js" });
  await build.close();
  return new Map(output.flatMap((file) => file.type === "chunk" ? [[file.fileName, file.code]] : []));
}

const PATH = "/stage";

/** Shows the bundled module's page to somebody; it finds `given` in the script of that id. */
export async function goOnStage(person: Person, node: Node, scripts: Scripts, given: unknown): Promise<void> {
  const { page } = person;
  const home = await fetch(node.origin);
  const styles = [...(await home.text()).matchAll(/<link[^>]+href="([^"]+\.css)"/g)].map(([, href]) => href);
  // Its own scripts have an address; the one that holds data never runs.
  const headers = { "content-security-policy": home.headers.get("content-security-policy")! };
  const data = JSON.stringify(given).replaceAll("<", "\\u003c");
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Stage</title>
    <meta name="viewport" content="width=device-width">
    ${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join("")}
    <script type="application/json" id="given">${data}</script>
    <script type="module" src="${PATH}/stage.js"></script></head><body></body></html>`;
  await page.route(
    `${node.origin}${PATH}`,
    (route) => route.fulfill({ contentType: "text/html", headers, body }),
  );
  await page.route(`${node.origin}${PATH}/*.js`, (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1)!;
    return route.fulfill({ contentType: "text/javascript", body: scripts.get(name) ?? "" });
  });
  await page.goto(`${node.origin}${PATH}`);
}
