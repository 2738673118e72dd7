/** WebSocket by hand, over plain TCP: for what a proper client never does. RFC 6455. */
import type { Place } from "./visitor.ts";
import { before } from "./wait.ts";

const TEXT = 0x1;
const CONTINUATION = 0x0;
const CLOSE = 0x8;

export interface Handshake {
  status: number;
  headers: Headers;
  body: string;
}

interface Frame {
  opcode: number;
  payload: Uint8Array<ArrayBuffer>;
}

export class RawSocket {
  #unread = new Uint8Array();
  /** Bytes of all frames read. */
  received = 0;

  private constructor(readonly connection: Deno.TcpConn, readonly handshake: Handshake) {}

  /** Asks for an upgrade with exactly these headers beside the ones every WebSocket needs; `null` leaves one out. */
  static async ask(place: Place, headers: Record<string, string | null>): Promise<RawSocket> {
    const { hostname, port, host } = new URL(place.origin);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const all = {
      host,
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...headers,
    };
    const lines = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) =>
      `${name}: ${value}`
    );
    await write(connection, new TextEncoder().encode(`GET /ws HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`));
    const { handshake, rest } = await before(readHandshake(connection), "an answer to the upgrade");
    const socket = new RawSocket(connection, handshake);
    socket.#unread = rest;
    return socket;
  }

  async sendText(text: string): Promise<void> {
    await write(this.connection, encode(TEXT, true, new TextEncoder().encode(text)));
  }

  /** One message in several frames. */
  async sendFragments(parts: string[]): Promise<void> {
    for (const [index, part] of parts.entries()) {
      const last = index === parts.length - 1;
      await write(
        this.connection,
        encode(index === 0 ? TEXT : CONTINUATION, last, new TextEncoder().encode(part)),
      );
    }
  }

  /** Reads until the server closes. @returns its close code, 1006 when it hung up without one. */
  async readToEnd(): Promise<{ code: number; reason: string }> {
    for (;;) {
      const frame = await this.#read();
      if (!frame) return { code: 1006, reason: "" };
      this.received += frame.payload.length;
      if (frame.opcode !== CLOSE) continue;
      const code = new DataView(frame.payload.buffer, frame.payload.byteOffset).getUint16(0);
      return { code, reason: new TextDecoder().decode(frame.payload.subarray(2)) };
    }
  }

  close(): void {
    this.connection.close();
  }

  async #read(): Promise<Frame | null> {
    const head = await this.#take(2);
    if (!head) return null;
    let length = head[1]! & 0x7f;
    if (length >= 126) {
      const size = length === 126 ? 2 : 8;
      const extended = await this.#take(size);
      if (!extended) return null;
      const view = new DataView(extended.buffer, extended.byteOffset);
      length = size === 2 ? view.getUint16(0) : Number(view.getBigUint64(0));
    }
    const payload = await this.#take(length);
    return payload && { opcode: head[0]! & 0x0f, payload };
  }

  async #take(count: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const chunks = [this.#unread];
    let have = this.#unread.length;
    while (have < count) {
      const chunk = new Uint8Array(64 * 1024);
      const read = await this.connection.read(chunk).catch(() => null);
      if (read === null) return null;
      chunks.push(chunk.subarray(0, read));
      have += read;
    }
    const whole = joined(chunks);
    this.#unread = whole.slice(count);
    return whole.slice(0, count);
  }
}

async function readHandshake(connection: Deno.TcpConn) {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const chunk = new Uint8Array(16 * 1024);
    const read = await connection.read(chunk);
    if (read === null) throw new Error("the server hung up during the handshake");
    chunks.push(chunk.subarray(0, read));
    const whole = joined(chunks);
    const text = new TextDecoder("latin1").decode(whole);
    const end = text.indexOf("\r\n\r\n");
    if (end === -1) continue;
    const [first, ...lines] = text.slice(0, end).split("\r\n");
    const headers = new Headers(lines.map((line) => line.split(/:\s*(.*)/s).slice(0, 2) as [string, string]));
    const status = Number(first!.split(" ")[1]);
    const length = Number(headers.get("content-length") ?? 0);
    if (status !== 101 && whole.length < end + 4 + length) continue;
    const rest = whole.slice(end + 4);
    return {
      handshake: { status, headers, body: status === 101 ? "" : new TextDecoder().decode(rest) },
      rest,
    };
  }
}

/** A client's frame. The mask is all zeros, which leaves the payload as it is. */
function encode(opcode: number, last: boolean, payload: Uint8Array): Uint8Array {
  const head = [(last ? 0x80 : 0) | opcode];
  if (payload.length < 126) head.push(0x80 | payload.length);
  else if (payload.length < 65_536) head.push(0x80 | 126, payload.length >> 8, payload.length & 0xff);
  else throw new Error("no test needs frames that long");
  return joined([Uint8Array.from([...head, 0, 0, 0, 0]), payload]);
}

function joined(chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

async function write(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}
