/** Text frames that no client of ours sends: from the schemas themselves, and from what is known to trip JSON parsers. */
import fc from "fast-check";
import { clientFrame, type ClientFrameInput } from "../../lib/protocol/frames.ts";
import type { MessageId, RoomId } from "../../lib/protocol/ids.ts";
import { FRAME_MAX_BYTES } from "../../lib/protocol/limits.ts";

/** One good frame of each type: what hostile ones begin as. */
function goodFrames(roomId: RoomId): ClientFrameInput[] {
  const messageId = `${roomId}-1` as MessageId;
  return [
    { type: "join_room", roomId, afterSeq: 1 },
    { type: "leave_room", roomId },
    { type: "send_message", roomId, clientId: "c", kind: "TEXT", body: "Hello", replyTo: messageId },
    { type: "edit_message", messageId, body: "Hello" },
    { type: "delete_message", messageId },
    { type: "react", messageId, emoji: "👍", on: true },
    { type: "pin_message", messageId, on: true },
    { type: "remove_previews", messageId },
    { type: "typing", roomId, on: true },
    { type: "read", roomId, seq: 1 },
    { type: "mark_unread", messageId },
    { type: "watch_rooms", on: true },
    { type: "heartbeat", away: false },
  ];
}

/** Every type that the schemas know, so that a new one cannot be forgotten here. */
export const FRAME_TYPES = clientFrame.options.map(({ shape }) => shape.type.value);

const ODD = [
  ...["", " ", "\0", "\ud800", "\u202e", "__proto__", "constructor", "toString", "null", "NaN", "true", "[]"],
  ...["1; drop table rooms", "../../etc/passwd", "<script>alert(1)</script>", "%00", "${7*7}", "{{7*7}}"],
  ...["9".repeat(18), "9".repeat(19), "0", "-1", "1e3", "٣", "1-1-1", `${"9".repeat(18)}-${"9".repeat(16)}`],
  ...[0, -0, -1, 0.5, 1e308, -1e308, 2 ** 53, 2 ** 63, Number.MIN_VALUE, null, true, [], {}, [[]], [null]],
  ...[
    "x".repeat(65),
    "x".repeat(2_001),
    "🦊".repeat(2_001),
    "e1." + "A".repeat(12_000),
    "\u0301".repeat(2_000),
  ],
];

const wrongValue = fc.oneof(
  { arbitrary: fc.constantFrom(...ODD), weight: 4 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 80 }), weight: 2 },
  { arbitrary: fc.anything({ maxDepth: 3, withNullPrototype: true }), weight: 1 },
);

/** A good frame with a field replaced, taken away, added, or standing there twice. */
function bentFrame(roomId: RoomId): fc.Arbitrary<string> {
  const fields = fc.constantFrom(...goodFrames(roomId)).chain((frame) =>
    fc.record({ frame: fc.constant(frame), field: fc.constantFrom(...Object.keys(frame), "id") })
  );
  const how = fc.constantFrom("replace", "remove", "add", "twice", "wrap");
  return fc.tuple(fields, how, wrongValue, fc.string({ maxLength: 12 })).map(
    ([{ frame, field }, bend, value, name]) => {
      const good = JSON.stringify(frame);
      if (bend === "add") return textOf({ ...frame, [name]: value });
      if (bend === "twice") {
        return `${good.slice(0, -1)},${JSON.stringify(field)}:${textOf(value) ?? "null"}}`;
      }
      if (bend === "wrap") return textOf({ ...frame, [field]: { [name]: frame } });
      const { [field as keyof typeof frame]: _, ...rest } = frame;
      return textOf(bend === "remove" ? rest : { ...rest, [field]: value });
    },
  );
}

/** Objects all of them, so that the socket stays open and takes more. */
const TRICKS = [
  '{"__proto__":{"type":"heartbeat"}}',
  '{"type":"heartbeat","__proto__":{"polluted":true}}',
  '{"type":"heartbeat","constructor":{"prototype":{"polluted":true}}}',
  '{"type":"heartbeat","type":"shout"}',
  '{"type":"\\u0000"}',
  `{"type":"heartbeat","id":${"9".repeat(15_000)}}`,
  '{"type":"heartbeat","id":1e999999}',
  `{"type":${"[".repeat(8_000)}${"]".repeat(8_000)}}`,
  `${'{"type":'.repeat(1_800)}1${"}".repeat(1_800)}`,
  `{"type":"heartbeat",${Array.from({ length: 1_400 }, (_, index) => `"k${index}":1`).join()}}`,
  "[[],[],[]]",
  "{}",
  `{"type":"join_room","id":"${"x".repeat(FRAME_MAX_BYTES - 100)}"}`,
];

/** The socket is closed for any of these: 4000 for what is no object, 1009 for what is too long. */
export const FATAL = [
  ...["", "{", "nonsense", "null", "1e999", '"heartbeat"', "\ufeff{}", "{'type':1}", "[".repeat(16_000)],
  "x".repeat(FRAME_MAX_BYTES + 1),
  JSON.stringify({ type: "heartbeat", id: "字".repeat(6_000) }),
  `{"type":"heartbeat","id":"${"x".repeat(500_000)}"}`,
];

/** Texts that leave the socket open. */
export function hostileTexts(seed: number, count: number, roomId: RoomId): string[] {
  const bent = fc.oneof(
    { arbitrary: bentFrame(roomId), weight: 9 },
    { arbitrary: fc.constantFrom(...TRICKS), weight: 1 },
  );
  // What has grown beyond a frame would close the socket.
  const short = bent.filter((text) => text.length * 3 <= FRAME_MAX_BYTES || TRICKS.includes(text));
  return fc.sample(short, { seed, numRuns: count });
}

/** JSON of anything; what JSON cannot say becomes null. */
function textOf(value: unknown): string {
  const plain = (_: string, part: unknown) => typeof part === "bigint" ? String(part) : part;
  return JSON.stringify(value, plain) ?? "null";
}
