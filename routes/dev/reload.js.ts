import { inDevelopment } from "../../lib/http/guards.ts";

/** Watches for another build and reloads, so that a saved file shows by itself. */
const SCRIPT = `
const version = () => fetch("/health").then((answer) => answer.json()).then((health) => health.version);
let known;
setInterval(async () => {
  const now = await version().catch(() => undefined);
  if (known && now && now !== known) location.reload();
  known = now ?? known;
}, 500);
`;

export const handlers = {
  GET: inDevelopment(() =>
    new Response(SCRIPT, { headers: { "content-type": "text/javascript; charset=utf-8" } })
  ),
};
