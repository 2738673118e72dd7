/**
 * A WebSocket client for benches (RFC 6455): hands over each frame's bytes as they lie in the buffer and writes many
 * frames at once, so that it costs far less than the server it measures.
 */
import { Buffer } from "node:buffer";

const TEXT = 0x1, CLOSE = 0x8, PING = 0x9, PONG = 0xa;
const FIRST_BUFFER = 16 * 1024;

/** Where a server is, and what it wants to hear before it opens a socket. */
export interface Address {
  host: string;
  port: number;
  protocols: string[];
}

export class Wire {
  /** Takes each text frame; its bytes are good only until it returns. */
  received: (payload: Buffer) => void = () => {};
  closed = false;
  #buffer = Buffer.allocUnsafe(FIRST_BUFFER);
  #from = 0;
  #to = 0;
  #out: Uint8Array[] = [];
  #writing = false;

  private constructor(private readonly connection: Deno.TcpConn) {}

  /**
   * @param before asks something over the same connection first: which isolate has it, say.
   * @throws Error when the server does not upgrade.
   */
  static async open(address: Address, before?: (wire: Wire) => Promise<void>): Promise<Wire> {
    const connection = await Deno.connect({ hostname: address.host, port: address.port });
    connection.setNoDelay(true);
    const wire = new Wire(connection);
    await before?.(wire);
    const head = await wire.ask("/ws", {
      connection: "Upgrade",
      upgrade: "websocket",
      origin: `http://${address.host}:${address.port}`,
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol": address.protocols.join(", "),
    });
    if (!head.startsWith("HTTP/1.1 101")) throw new Error(`no upgrade: ${head.split("\r\n")[0]}`);
    void wire.#read();
    return wire;
  }

  /** A GET before the upgrade. Answers the head and, where its length is given, the body. */
  async ask(path: string, headers: Record<string, string> = {}): Promise<string> {
    const { hostname, port } = this.connection.remoteAddr;
    const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(([name, value]) =>
      `${name}: ${value}`
    );
    this.#write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`));
    for (;;) {
      if (!await this.#fill()) throw new Error(`hung up before answering ${path}`);
      const text = this.#buffer.toString("latin1", this.#from, this.#to);
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) continue;
      const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
      if (text.length < end + 4 + length) continue;
      this.#from += end + 4 + length;
      return text.slice(0, end + 4 + length);
    }
  }

  /** Sends texts as frames of their own, all in one write. */
  send(texts: string[]): void {
    if (!this.closed && texts.length > 0) {
      this.#write(Buffer.concat(texts.map((text) => frame(TEXT, Buffer.from(text)))));
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.connection.close();
  }

  async #read(): Promise<void> {
    this.#takeFrames();
    while (!this.closed && await this.#fill()) this.#takeFrames();
    if (!this.closed) throw new Error("the server hung up");
  }

  async #fill(): Promise<boolean> {
    if (this.#from === this.#to) this.#from = this.#to = 0;
    if (this.#to === this.#buffer.length) {
      const unread = this.#to - this.#from;
      const next = unread > this.#buffer.length / 2
        ? Buffer.allocUnsafe(this.#buffer.length * 2)
        : this.#buffer;
      this.#buffer.copy(next, 0, this.#from, this.#to);
      [this.#buffer, this.#from, this.#to] = [next, 0, unread];
    }
    const read = await this.connection.read(this.#buffer.subarray(this.#to)).catch((error) => {
      if (this.closed) return null;
      throw error;
    });
    this.#to += read ?? 0;
    return read !== null;
  }

  #takeFrames(): void {
    for (;;) {
      const { [this.#from]: first = 0, [this.#from + 1]: second = 0 } = this.#buffer;
      const extended = second < 126 ? 0 : second === 126 ? 2 : 8;
      const head = this.#from + 2 + extended;
      if (head > this.#to) return;
      const length = extended === 0
        ? second
        : extended === 2
        ? this.#buffer.readUInt16BE(this.#from + 2)
        : Number(this.#buffer.readBigUInt64BE(this.#from + 2));
      if (head + length > this.#to) return;
      this.#from = head + length;
      this.#take(first & 0xf, this.#buffer.subarray(head, this.#from));
    }
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === TEXT) this.received(payload);
    else if (opcode === PING) this.#write(frame(PONG, payload));
    else if (opcode === CLOSE && !this.closed) {
      this.close();
      throw new Error(
        `the server closed a socket: ${payload.readUInt16BE(0)} ${payload.toString("utf8", 2)}`,
      );
    }
  }

  #write(bytes: Uint8Array): void {
    this.#out.push(bytes);
    if (!this.#writing) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#writing = true;
    try {
      while (this.#out.length > 0) {
        const bytes = this.#out.length === 1 ? this.#out[0]! : Buffer.concat(this.#out);
        this.#out = [];
        for (let sent = 0; sent < bytes.length;) sent += await this.connection.write(bytes.subarray(sent));
      }
    } catch (error) {
      if (!this.closed) throw error;
    }
    this.#writing = false;
  }
}

/** A client's frame. The mask is all zeros, which leaves the payload as it is. */
function frame(opcode: number, payload: Buffer): Buffer {
  const length = payload.length < 126
    ? [0x80 | payload.length]
    : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...length, 0, 0, 0, 0]), payload]);
}

/** How often `text` stands in `payload`. */
export function countOf(text: string, payload: Buffer): number {
  let count = 0;
  for (let at = payload.indexOf(text); at >= 0; at = payload.indexOf(text, at + text.length)) count++;
  return count;
}
