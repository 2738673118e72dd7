import { z } from "zod";
import { codeRequest } from "../protocol/forms/accounts.ts";
import { clearCookie, readCookie, writeCookie } from "./cookies.ts";
import type { Exchange } from "./exchange.ts";

const next = z.string().max(2000);

/**
 * What a visitor is in the middle of: a code is on its way to them, or their password was right and a second step
 * follows. Their own browser keeps it, so that a phone that throws the page away while its owner looks at the message
 * can show it again, and addresses and numbers stand in no address line. Nothing here is believed: it fills in a form.
 */
const pending = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("code"),
    purpose: codeRequest.shape.purpose,
    target: z.string().max(254),
    next,
  }),
  z.object({ kind: z.literal("second-factor"), ticket: z.string().max(200), next }),
]);

export type Pending = z.output<typeof pending>;

/** Seconds. A code's life and a little. */
const KEPT = 15 * 60;

export function keepPending(exchange: Exchange, what: Pending): void {
  exchange.setCookies.push(writeCookie("pending", JSON.stringify(what), KEPT));
}

export function dropPending(exchange: Exchange): void {
  exchange.setCookies.push(clearCookie("pending"));
}

/** What is pending of this kind; `null` for nothing, and for a cookie that is none of ours. */
export function pendingOf<Kind extends Pending["kind"]>(
  req: Request,
  kind: Kind,
): Extract<Pending, { kind: Kind }> | null {
  const text = readCookie(req, "pending");
  if (!text) return null;
  try {
    const what = pending.parse(JSON.parse(text));
    return what.kind === kind ? what as Extract<Pending, { kind: Kind }> : null;
  } catch {
    return null;
  }
}
