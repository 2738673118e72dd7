/** The frame that nearly all frames are, read without a schema's cost. */
import type { FrameOf } from "./frames.ts";
import { MESSAGE_MAX_CHARACTERS } from "./limits.ts";

type Send = FrameOf<"send_message">;

/** Decimal ids, and client ids of printable ASCII, which is what ours are made of. */
const ROOM_ID = /^[1-9]\d{0,17}$/;
const CLIENT_ID = /^[\x20-\x7e]{1,64}$/;
/** Words of an encrypted room begin so; the schema knows more about them. */
const SEALED = "e1.";

/**
 * A frame that sends plain words and nothing else, as the schema of `frames.ts` would give it back; the object itself.
 * `null` for every other frame, and for any the schema would object to, or alter. `tests/protocol/plain_send_test.ts` holds
 * the two against each other.
 */
export function plainSend(value: object): Send | null {
  const frame = value as Partial<Send>;
  if (frame.type !== "send_message") return null;
  for (const name in frame) {
    switch (name) {
      case "type":
      case "roomId":
      case "clientId":
      case "body":
        break;
      case "id":
        if (typeof frame.id !== "string" || frame.id.length === 0 || frame.id.length > 64) return null;
        break;
      case "kind":
        if (frame.kind !== "TEXT") return null;
        break;
      default:
        return null;
    }
  }
  const { roomId, clientId, body } = frame;
  if (typeof roomId !== "string" || !ROOM_ID.test(roomId)) return null;
  if (typeof clientId !== "string" || !CLIENT_ID.test(clientId)) return null;
  if (typeof body !== "string" || !isPlain(body)) return null;
  frame.kind = "TEXT";
  return frame as Send;
}

function isPlain(body: string): boolean {
  return body.length <= MESSAGE_MAX_CHARACTERS && body.trim() !== "" && !body.startsWith(SEALED) &&
    !body.includes("\0") && body.isWellFormed();
}
