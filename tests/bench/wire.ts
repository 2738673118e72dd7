/**
 * A WebSocket client for benches (RFC 6455): hands over each frame's bytes as they lie in the buffer and writes many
 * frames at once, so that it costs far less than the server it measures.
 */
import { Buffer } from "node:buffer";
import { Socket } from "./poller.ts";

const TEXT = 0x1, CLOSE = 0x8, PING = 0x9, PONG = 0xa;
const NONE = Buffer.alloc(0);
/** Engine.IO's ping and pong, which are text: who does not answer is hung up on after 45 s. */
const TEXT_PING = 0x32, TEXT_PONG = Buffer.from("3");

/** Where a server is, and what it wants to hear before it opens a socket. */
export interface Address {
  host: string;
  port: number;
  /** `/ws` where none is said. */
  path?: string;
  protocols?: string[];
}

export class Wire {
  /** Takes each text frame; its bytes are good only until it returns. Without one, frames are only counted. */
  received: ((payload: Buffer) => void) | null = null;
  closed = false;
  /** Text frames that have come, and the bytes in them. */
  frames = 0;
  bytes = 0;
  #socket: Socket | null = null;
  /** Begun and not yet complete. */
  #rest: Buffer = NONE;
  /** Bytes of a counted frame that are still to come. */
  #skip = 0;
  #upgraded = false;
  #answered: (() => void) | null = null;

  /** @param name of the server, for errors */
  private constructor(private readonly name: string) {}

  /**
   * @param before asks something over the same connection first: which isolate has it, say.
   * @throws Error when the server does not upgrade.
   */
  static async open(address: Address, before?: (wire: Wire) => Promise<void>): Promise<Wire> {
    const wire = new Wire(`${address.host}:${address.port}${address.path ?? ""}`);
    wire.#socket = await Socket.open(address.host, address.port, {
      bytes: (bytes, length) => wire.#hear(bytes, length),
      end: () => wire.#end(),
    });
    await before?.(wire);
    const host = `${address.host}:${address.port}`;
    const protocols: Record<string, string> = address.protocols
      ? { "sec-websocket-protocol": address.protocols.join(", ") }
      : {};
    const head = await wire.ask(address.path ?? "/ws", {
      host,
      connection: "Upgrade",
      upgrade: "websocket",
      origin: `http://${host}`,
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...protocols,
    });
    if (!head.startsWith("HTTP/1.1 101")) {
      wire.close();
      throw new Error(`no upgrade: ${head.split("\r\n")[0]}`);
    }
    wire.#upgraded = true;
    wire.#takeFrames(wire.#rest);
    return wire;
  }

  /** A GET before the upgrade. Answers the head and, where its length is given, the body. */
  async ask(path: string, headers: Record<string, string> = {}): Promise<string> {
    const lines = Object.entries({ host: "127.0.0.1", ...headers }).map(([name, value]) =>
      `${name}: ${value}`
    );
    this.#socket!.write(Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`));
    for (;;) {
      await new Promise<void>((resolve) => this.#answered = resolve);
      if (this.closed) throw new Error(`hung up before answering ${path}`);
      const text = this.#rest.toString("latin1");
      const end = text.indexOf("\r\n\r\n");
      if (end < 0) continue;
      const length = Number(/^content-length: *(\d+)/im.exec(text.slice(0, end))?.[1] ?? 0);
      if (text.length < end + 4 + length) continue;
      this.#rest = this.#rest.subarray(end + 4 + length);
      return text.slice(0, end + 4 + length);
    }
  }

  /** Sends texts as frames of their own, all in one write. */
  send(texts: string[]): void {
    if (texts.length > 0) this.write(Buffer.concat(texts.map((text) => frame(TEXT, Buffer.from(text)))));
  }

  /** Sends the first `length` bytes as they are: frames made with {@link textFrame}. */
  write(bytes: Uint8Array<ArrayBuffer>, length = bytes.length): void {
    this.#socket!.write(bytes, length);
  }

  close(): void {
    this.closed = true;
    this.#socket?.close();
  }

  #end(): void {
    if (this.closed) return;
    this.closed = true;
    if (this.#upgraded) throw new Error(`${this.name} hung up`);
    this.#answered?.();
  }

  #hear(bytes: Uint8Array<ArrayBuffer>, length: number): void {
    if (this.#skip >= length) {
      this.#skip -= length;
      return;
    }
    const fresh = Buffer.from(bytes.buffer, this.#skip, length - this.#skip);
    this.#skip = 0;
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, fresh]) : fresh;
    if (this.#upgraded) return this.#takeFrames(all);
    this.#rest = Buffer.from(all);
    this.#answered?.();
  }

  #takeFrames(all: Buffer): void {
    let from = 0;
    while (from + 2 <= all.length) {
      const opcode = all[from]! & 0xf;
      const short = all[from + 1]!;
      const head = from + 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
      if (head > all.length) break;
      const length = short < 126
        ? short
        : short === 126
        ? all[from + 2]! << 8 | all[from + 3]!
        : Number(all.readBigUInt64BE(from + 2));
      const end = head + length;
      if (opcode === TEXT && !this.received && length > 1) {
        this.#count(length);
        if (end > all.length) this.#skip = end - all.length;
      } else if (end > all.length) break;
      else this.#take(opcode, all.subarray(head, end));
      from = end;
    }
    this.#rest = from >= all.length ? NONE : Buffer.from(all.subarray(from));
  }

  #count(length: number): void {
    this.frames++;
    this.bytes += length;
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === TEXT && payload.length === 1 && payload[0] === TEXT_PING) {
      this.write(frame(TEXT, TEXT_PONG));
    } else if (opcode === TEXT) {
      this.#count(payload.length);
      this.received?.(payload);
    } else if (opcode === PING) this.write(frame(PONG, payload));
    else if (opcode === CLOSE && !this.closed) {
      this.close();
      // RFC 6455, 7.1.5: without a code it is 1005.
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      throw new Error(`the server closed a socket of ${this.name}: ${code} ${payload.toString("utf8", 2)}`);
    }
  }
}

/** A text as a client's frame. */
export function textFrame(text: string): Buffer<ArrayBuffer> {
  return frame(TEXT, Buffer.from(text));
}

/** A client's frame. The mask is all zeros, which leaves the payload as it is. */
function frame(opcode: number, payload: Buffer): Buffer<ArrayBuffer> {
  const length = payload.length < 126
    ? [0x80 | payload.length]
    : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...length, 0, 0, 0, 0]), payload]);
}
