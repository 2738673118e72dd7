import { expect } from "expect";
import fc from "fast-check";
import { clientFrame } from "../../lib/protocol/frames.ts";
import { plainSend } from "../../lib/protocol/plain_send.ts";

const usual = {
  type: "send_message",
  roomId: "12",
  clientId: "0b8e7f2c-5d0e-4c7e-9f61-2f4b7d5a9c11",
  body: "See you at eight?",
};

/** Fields as they should be, and as they should not. */
const roomId = fc.oneof(
  fc.constantFrom("12", "0", "012", "1".repeat(19), "", "x"),
  fc.integer(),
  fc.string(),
);
const clientId = fc.oneof(
  fc.uuid(),
  fc.string({ maxLength: 70 }),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.constantFrom("", "\u0000", "\ud800", "a".repeat(65)),
  fc.constant(7),
);
const body = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.constantFrom("", "  \n", "a\u0000b", "\ud800", "x".repeat(2_000), "x".repeat(2_001), "🙂".repeat(1_500)),
  fc.constantFrom(`e1.${"A".repeat(16)}.${"B".repeat(22)}`, "e1.no"),
  fc.constant(null),
);
const frames = fc.record({
  type: fc.constantFrom("send_message", "typing", 1),
  roomId,
  clientId,
  body,
  id: fc.oneof(fc.string({ maxLength: 70 }), fc.constant(1)),
  kind: fc.constantFrom("TEXT", "STICKER", "IMAGE", null),
  replyTo: fc.constantFrom("12-3", "x"),
  attachments: fc.constantFrom([], ["0b8e7f2c-5d0e-4c7e-9f61-2f4b7d5a9c11"]),
  more: fc.constant(true),
}, { requiredKeys: ["type", "roomId", "clientId", "body"] });

Deno.test("a plain send is read as the schema reads it, whatever stands in it", () => {
  fc.assert(
    fc.property(frames, (frame) => {
      const { data, success } = clientFrame.safeParse(structuredClone(frame));
      const plain = plainSend(structuredClone(frame));
      if (plain) expect({ success, data }).toEqual({ success: true, data: plain });
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("the usual frames are plain sends", () => {
  for (const more of [{}, { id: "7" }, { kind: "TEXT" }, { body: "Ça va? 🙂 مرحبا" }]) {
    const frame = { ...usual, ...more };
    expect(plainSend({ ...frame })).toEqual({ ...frame, kind: "TEXT" });
  }
});

Deno.test("what the schema knows more about is left to it", () => {
  const others = [
    { type: "typing" },
    { kind: "STICKER" },
    { replyTo: "12-3" },
    { attachments: [] },
    { body: "  " },
    { body: "x".repeat(2_001) },
    { body: "e1.sealed" },
    { body: "a\0b" },
    { roomId: "012" },
    { id: "" },
    { clientId: "ж" },
    { colour: "red" },
  ];
  for (const more of others) expect(plainSend({ ...usual, ...more })).toBeNull();
  const alien = JSON.parse('{"__proto__":{"type":"send_message"},"roomId":"12","clientId":"1","body":"hi"}');
  expect(plainSend(alien)).toBeNull();
});
