/** Ways to ask for a socket that must not be given one. */
import type { Random } from "./random.ts";

/** What a dishonest client may have in hand. */
export interface Tickets {
  fresh: string;
  used: string;
}

export interface Handshake {
  name: string;
  /** Beside those that every WebSocket needs; `null` leaves one of them out. */
  headers: Record<string, string | null>;
}

/** @param origin of our own pages */
export function hostileHandshake(random: Random, origin: string, { fresh, used }: Tickets): Handshake {
  const good = { origin, "sec-websocket-protocol": `parley.v1, ticket.${fresh}` };
  const made = random.bytes(32).toBase64({ alphabet: "base64url", omitPadding: true });
  const with_ = (name: string, headers: Record<string, string | null>) => ({
    name,
    headers: { ...good, ...headers },
  });
  return random.pick([
    with_("no ticket", { "sec-websocket-protocol": "parley.v1" }),
    with_("no sub-protocol", { "sec-websocket-protocol": null }),
    with_("a ticket made up", { "sec-websocket-protocol": `parley.v1, ticket.${made}` }),
    with_("a ticket used before", { "sec-websocket-protocol": `parley.v1, ticket.${used}` }),
    with_("an empty ticket", { "sec-websocket-protocol": "parley.v1, ticket." }),
    with_("2,000 sub-protocols", {
      "sec-websocket-protocol": Array.from({ length: 2_000 }, (_, index) => `ticket.${index}`).join(", "),
    }),
    with_("another site's page", { origin: "https://evil.example" }),
    with_("no origin", { origin: null }),
    with_("two origins", { origin: `${origin}\r\norigin: https://evil.example` }),
    with_("an origin with more behind it", { origin: `${origin}.evil.example` }),
    with_("an old version", { "sec-websocket-version": "8" }),
    with_("no key", { "sec-websocket-key": null }),
    with_("another upgrade", { upgrade: "h2c" }),
  ]);
}
