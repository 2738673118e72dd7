/** Those who take their time: connections that cost the server something for as long as it lets them. */
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Place } from "../support/visitor.ts";
import { type Account, dial } from "./accounts.ts";
import { frame } from "./breaches.ts";

const TEXT = 0x1, CONTINUATION = 0x0;
/** Milliseconds between two bytes of a slow writer. */
const SLOWLY = 1_000;

export interface Lurkers {
  /** How many of each kind were begun. */
  begun: Record<string, number>;
  leave(): void;
}

/** So many of each kind, until they are told to leave. */
export async function lurk(
  place: Place,
  accounts: Account[],
  roomId: RoomId,
  each: number,
): Promise<Lurkers> {
  const { hostname, port, host } = new URL(place.origin);
  const connections: Deno.TcpConn[] = [];
  const drips: ReturnType<typeof setInterval>[] = [];
  const drip = (connection: Deno.TcpConn, byte: Uint8Array) => {
    connections.push(connection);
    const timer = setInterval(() => connection.write(byte).catch(() => clearInterval(timer)), SLOWLY);
    drips.push(timer);
  };
  const tcp = () => Deno.connect({ hostname, port: Number(port) });
  const text = (words: string) => new TextEncoder().encode(words);
  for (let index = 0; index < each; index++) {
    const account = accounts[index % accounts.length]!;
    const head = await tcp();
    await head.write(text(`GET /ws HTTP/1.1\r\nhost: ${host}\r\nx: `));
    drip(head, text("x"));
    const body = await tcp();
    const lines = [`host: ${host}`, "content-type: application/json", "content-length: 60000"];
    await body.write(text(`POST /api/auth/signin HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n{"`));
    drip(body, text("x"));
    const fragments = await dial(place, account);
    await fragments.connection.write(frame("x", { opcode: TEXT, last: false }));
    drip(fragments.connection, frame("x", { opcode: CONTINUATION, last: false }));
    void fragments.readToEnd();
    // Joins the room that is talked in, and never reads a byte.
    const reader = await dial(place, account);
    await reader.connection.write(frame(JSON.stringify({ type: "join_room", roomId })));
    connections.push(reader.connection);
  }
  return {
    begun: { heads: each, bodies: each, "messages in fragments": each, "readers that do not read": each },
    leave() {
      for (const timer of drips) clearInterval(timer);
      for (const connection of connections) {
        try {
          connection.close();
        } catch {
          // The server has ended it.
        }
      }
    },
  };
}
