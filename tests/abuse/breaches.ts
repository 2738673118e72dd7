/** What RFC 6455 forbids, and what it allows in numbers that nobody needs, as the bytes of one connection. */
import type { Random } from "./random.ts";

const TEXT = 0x1, BINARY = 0x2, CLOSE = 0x8, PING = 0x9, PONG = 0xa, CONTINUATION = 0x0;

interface Shape {
  opcode?: number;
  last?: boolean;
  /** RSV1 to RSV3, as a number below 8. */
  reserved?: number;
  masked?: boolean;
  /** What the header says; the payload's own length otherwise. */
  says?: bigint;
  /** In how many bytes it says so; the fewest otherwise. */
  lengthBytes?: 2 | 8;
}

/** A client's frame, in whatever shape. The mask is all zeros, which leaves the payload as it is. */
export function frame(payload: Uint8Array | string, shape: Shape = {}): Uint8Array<ArrayBuffer> {
  const { opcode = TEXT, last = true, reserved = 0, masked = true } = shape;
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const says = shape.says ?? BigInt(bytes.length);
  const wide = shape.lengthBytes ?? (says < 126n ? 0 : says < 65_536n ? 2 : 8);
  const head = new DataView(new ArrayBuffer(2 + wide + (masked ? 4 : 0)));
  head.setUint8(0, (last ? 0x80 : 0) | reserved << 4 | opcode);
  head.setUint8(1, (masked ? 0x80 : 0) | (wide === 0 ? Number(says) : wide === 2 ? 126 : 127));
  if (wide === 2) head.setUint16(2, Number(says));
  if (wide === 8) head.setBigUint64(2, says);
  const whole = new Uint8Array(head.byteLength + bytes.length);
  whole.set(new Uint8Array(head.buffer));
  whole.set(bytes, head.byteLength);
  return whole;
}

/** What becomes of the socket: an end (a close frame, or the connection is cut), or it stays as it was. */
type Fate = "ends" | "stays" | "either";

export interface Breach {
  name: string;
  fate: Fate;
  /** Pieces that are written one after another. */
  bytes(random: Random): Uint8Array[];
}

const closing = (payload: Uint8Array) => [frame(payload, { opcode: CLOSE })];
const code = (value: number) => Uint8Array.of(value >> 8, value & 0xff);
const times = (count: number, piece: Uint8Array) => Array.from({ length: count }, () => piece);
/** Bytes as one piece, so that a flood costs the attacker one write. */
const flood = (pieces: Uint8Array[]) => [new Uint8Array(pieces.flatMap((piece) => [...piece]))];

const HEARTBEAT = '{"type":"heartbeat"}';
/** Bytes of a flood: enough to be one, and short of what closes a socket for its size. */
const MANY = 2_000;

export const BREACHES: Breach[] = [
  { name: "reserved bits", fate: "ends", bytes: (r) => [frame(HEARTBEAT, { reserved: 1 + r.below(7) })] },
  // RFC 6455, 5.1: the server must close; Deno lets it pass, which harms nobody but the sender.
  { name: "no mask", fate: "either", bytes: () => [frame(HEARTBEAT, { masked: false })] },
  {
    name: "an opcode nobody knows",
    fate: "ends",
    bytes: (r) => [frame(HEARTBEAT, { opcode: r.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) })],
  },
  { name: "binary", fate: "ends", bytes: (r) => [frame(r.bytes(100), { opcode: BINARY })] },
  { name: "a continuation of nothing", fate: "ends", bytes: () => [frame("x", { opcode: CONTINUATION })] },
  {
    name: "a message within a message",
    fate: "ends",
    bytes: () => [frame("{", { last: false }), frame("}", { last: true })],
  },
  { name: "a ping in fragments", fate: "ends", bytes: () => [frame("x", { opcode: PING, last: false })] },
  { name: "a ping too long", fate: "ends", bytes: () => [frame("x".repeat(126), { opcode: PING })] },
  {
    name: "pings between fragments",
    fate: "stays",
    bytes: () => [
      frame('{"type":', { last: false }),
      ...times(5, frame("p", { opcode: PING })),
      frame('"heartbeat"}', { opcode: CONTINUATION }),
    ],
  },
  { name: "half a close code", fate: "ends", bytes: () => closing(Uint8Array.of(3)) },
  {
    name: "a close code that must not be sent",
    fate: "ends",
    bytes: (r) => closing(code(r.pick([0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535]))),
  },
  {
    name: "a close reason that is no text",
    fate: "ends",
    bytes: () => closing(Uint8Array.of(3, 232, 255, 254)),
  },
  {
    name: "frames after the close",
    fate: "ends",
    bytes: () => [...closing(code(1000)), ...times(50, frame(HEARTBEAT))],
  },
  { name: "a length of 2^64 - 1", fate: "ends", bytes: () => [frame("x", { says: 2n ** 64n - 1n })] },
  { name: "a length of 2^63", fate: "ends", bytes: () => [frame("x", { says: 2n ** 63n })] },
  { name: "a length of 4 GiB", fate: "ends", bytes: () => [frame("x", { says: 2n ** 32n })] },
  {
    name: "a length of 60 MiB that never comes",
    fate: "stays",
    bytes: () => [frame("x", { says: 62_914_560n })],
  },
  { name: "a length that never comes", fate: "stays", bytes: () => [frame("x", { says: 1_000n })] },
  { name: "a length in too many bytes", fate: "either", bytes: () => [frame(HEARTBEAT, { lengthBytes: 8 })] },
  {
    name: "text that is no UTF-8",
    fate: "ends",
    bytes: () => [frame(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))],
  },
  {
    name: "half a surrogate pair in UTF-8",
    fate: "ends",
    bytes: () => [frame(Uint8Array.of(0xed, 0xa0, 0x80))],
  },
  {
    name: "a message of 2,000 fragments",
    fate: "ends",
    bytes: () =>
      flood([
        frame("x", { last: false }),
        ...times(MANY, frame("x", { opcode: CONTINUATION, last: false })),
        frame("x", { opcode: CONTINUATION }),
      ]),
  },
  {
    name: "fragments of nothing",
    fate: "stays",
    bytes: () =>
      flood([frame("", { last: false }), ...times(MANY, frame("", { opcode: CONTINUATION, last: false }))]),
  },
  { name: "a flood of pings", fate: "either", bytes: () => flood(times(MANY, frame("p", { opcode: PING }))) },
  { name: "a flood of pongs", fate: "stays", bytes: () => flood(times(MANY, frame("p", { opcode: PONG }))) },
  {
    name: "another request in place of frames",
    fate: "either",
    bytes: () => [new TextEncoder().encode("GET /ws HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(20))],
  },
  { name: "noise", fate: "either", bytes: (r) => [r.bytes(2_000)] },
  {
    name: "a frame in single bytes",
    fate: "stays",
    bytes: () => [...frame(HEARTBEAT)].map((byte) => Uint8Array.of(byte)),
  },
];
