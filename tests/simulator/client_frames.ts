/** Finds the WebSocket frames (RFC 6455, 5.2) in what a client sends, so that one can be sent twice. */

const TEXT = 0x81;
const SEND = new TextEncoder().encode('{"type":"send_message"');

export class ClientFrames {
  #rest: Uint8Array<ArrayBuffer> = new Uint8Array();
  #upgraded: boolean | null = null;

  /** Takes bytes as they come, gives back those that make up whole frames; before the upgrade, all there are. */
  take(bytes: Uint8Array): Uint8Array[] {
    if (this.#upgraded === false) return [bytes];
    this.#rest = joined(this.#rest, bytes);
    if (this.#upgraded === null) return this.#handshake();
    const frames: Uint8Array[] = [];
    for (let size = sizeOf(this.#rest); size > 0 && size <= this.#rest.length; size = sizeOf(this.#rest)) {
      frames.push(this.#rest.slice(0, size));
      this.#rest = this.#rest.slice(size);
    }
    return frames;
  }

  /** The head of the first request says which sort of connection this is. */
  #handshake(): Uint8Array[] {
    const head = new TextDecoder("latin1").decode(this.#rest);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return [];
    this.#upgraded = /^upgrade: *websocket/im.test(head.slice(0, end));
    const all = this.#rest;
    this.#rest = this.#upgraded ? all.slice(end + 4) : new Uint8Array();
    return [this.#upgraded ? all.slice(0, end + 4) : all];
  }
}

/** Bytes of the first frame, 0 while its head is not there. */
function sizeOf(bytes: Uint8Array): number {
  if (bytes.length < 2) return 0;
  const short = bytes[1]! & 0x7f;
  const extended = short < 126 ? 0 : short === 126 ? 2 : 8;
  if (bytes.length < 2 + extended) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = extended === 0 ? short : extended === 2 ? view.getUint16(2) : Number(view.getBigUint64(2));
  return 2 + extended + (bytes[1]! & 0x80 ? 4 : 0) + length;
}

/** True for a whole text frame that begins as our client's `send_message` does. */
export function isSend(frame: Uint8Array): boolean {
  if (frame[0] !== TEXT) return false;
  const short = frame[1]! & 0x7f;
  const mask = 2 + (short < 126 ? 0 : short === 126 ? 2 : 8);
  return SEND.every((byte, index) => ((frame[mask + 4 + index] ?? 0) ^ frame[mask + index % 4]!) === byte);
}

function joined(first: Uint8Array<ArrayBuffer>, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
