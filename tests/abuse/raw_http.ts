/** A request as bytes, over a connection of its own. */
import type { Place } from "../support/visitor.ts";

/** Milliseconds; whoever sends half a request waits for the rest, and so does the server. */
const PATIENCE = 2_000;

/** @returns the status of the first answer, `cut` when the server hung up without one, `none` when it said nothing */
export async function ask(place: Place, bytes: Uint8Array[]): Promise<number | "cut" | "none"> {
  const { hostname, port } = new URL(place.origin);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  let patient = true;
  const timer = setTimeout(() => {
    patient = false;
    connection.close();
  }, PATIENCE);
  try {
    void write(connection, bytes);
    const buffer = new Uint8Array(512);
    const read = await connection.read(buffer);
    const [, status] =
      /^HTTP\/1\.\d (\d{3})/.exec(new TextDecoder("latin1").decode(buffer.subarray(0, read ?? 0))) ?? [];
    return status === undefined ? "cut" : Number(status);
  } catch {
    return patient ? "cut" : "none";
  } finally {
    clearTimeout(timer);
    if (patient) connection.close();
  }
}

async function write(connection: Deno.TcpConn, pieces: Uint8Array[]): Promise<void> {
  try {
    for (const piece of pieces) {
      for (let sent = 0; sent < piece.length;) sent += await connection.write(piece.subarray(sent));
    }
  } catch {
    // The server does not want to hear the rest.
  }
}
