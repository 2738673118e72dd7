/** A message that never ends, in fragments: what Deno would gather until the memory is full. */
import type { Place } from "../support/visitor.ts";
import { type Account, dial } from "./accounts.ts";
import { frame } from "./breaches.ts";

const PIECE = 60_000;

export interface Endless {
  /** Bytes that the server took before it ended the connection. */
  taken: number;
  /** It was ended by the server, not by us. */
  cut: boolean;
}

/**
 * @param most bytes, after which the attacker gives up
 * @param perSecond bytes; as fast as they are taken without
 */
export async function endless(
  place: Place,
  account: Account,
  { most, perSecond = Infinity }: { most: number; perSecond?: number },
): Promise<Endless> {
  const socket = await dial(place, account);
  const end = socket.readToEnd();
  const began = performance.now();
  const piece = frame("x".repeat(PIECE), { opcode: 0x0, last: false });
  let taken = 0;
  try {
    await socket.connection.write(frame("", { last: false }));
    while (taken < most) {
      for (let sent = 0; sent < piece.length;) sent += await socket.connection.write(piece.subarray(sent));
      taken += PIECE;
      const due = began + taken / perSecond * 1000 - performance.now();
      if (due > 0) await new Promise((done) => setTimeout(done, due));
    }
  } catch {
    await end;
    return { taken, cut: true };
  } finally {
    socket.close();
  }
  return { taken, cut: false };
}
