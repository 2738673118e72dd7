import type { Exchange } from "./exchange.ts";

/** Reloads the page when a new build answers; development only. */
const RELOAD = `<script src="/dev/reload.js" defer></script>`;

/**
 * Puts the nonce on the scripts that Fresh wrote into `<head>`. Only there: nothing a person wrote stands in the head
 * but escaped text, and a script that somebody managed to get into the body stays without a nonce and does not run.
 */
export function withDocumentSecurity(html: string, { nonce, services: { config } }: Exchange): string {
  const end = html.indexOf("</head>");
  if (end === -1) return html;
  const head = html.slice(0, end).replaceAll("<script", `<script nonce="${nonce}"`);
  return head + (config.development ? RELOAD : "") + html.slice(end);
}
