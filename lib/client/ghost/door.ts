/** Before a ghost room: what it is, whether the link in hand opens it, and why not. */
import { asRefusal, type Refusal } from "../refusal.ts";
import { deriveKeys, keyCheckOf, keyIn, type RoomKeys } from "../sealing/key.ts";
import type { GhostRoomInfo } from "./calls.ts";

/** Why there is no way in. `again`: asking once more may help. */
export interface Barred {
  title: string;
  text: string;
  again?: boolean;
}

export type Looked = { info: GhostRoomInfo; keys: RoomKeys | null } | { barred: Barred };

/** `crypto.subtle` is there on secure pages only. */
const INSECURE: Barred = {
  title: "Not over this connection",
  text: "Encrypted rooms are opened in the browser, and browsers do that over https only.",
};
const CUT_OFF: Barred = {
  title: "This link is cut off",
  text:
    "Ask for the whole of it. The key to this room stands at its end, after the #, and nobody but its people has it.",
};
const OTHER_KEY: Barred = {
  title: "This link is cut off, or changed",
  text:
    "The key at its end is not this room's. Ask for the whole of the link, and paste it rather than type it.",
};

/**
 * Looks at a room by its link.
 * @param fragment as `location.hash` has it
 */
export async function look(
  calls: { look(token: string): Promise<GhostRoomInfo> },
  token: string,
  fragment: string,
): Promise<Looked> {
  let info: GhostRoomInfo;
  try {
    info = await calls.look(token);
  } catch (error) {
    return { barred: barredBy(asRefusal(error)) };
  }
  if (!info.encrypted) return { info, keys: null };
  if (!globalThis.crypto?.subtle) return { barred: INSECURE };
  const key = keyIn(fragment);
  if (key.state !== "whole") return { barred: CUT_OFF };
  if (info.keyCheck !== await keyCheckOf(key.secret)) return { barred: OTHER_KEY };
  return { info, keys: await deriveKeys(key.secret, token) };
}

/** A refusal as what stands on a closed door. */
export function barredBy({ code, message }: Refusal): Barred {
  switch (code) {
    case "ROOM_EXPIRED":
      return { title: "This room's time is over", text: "All that was said in it is gone." };
    case "ROOM_INACTIVE":
      return { title: "This room is closed", text: message };
    case "ROOM_NOT_FOUND":
    case "NOT_FOUND":
    case "VALIDATION_FAILED":
      return {
        title: "There is no such room",
        text: "The link may be cut off or mistyped, or the room has been gone for a while.",
      };
    default:
      return { title: "The room cannot be reached", text: message, again: true };
  }
}

/** True when no name and no patience would help: the room itself is over. */
export function isOver({ code }: Refusal): boolean {
  return code === "ROOM_EXPIRED" || code === "ROOM_INACTIVE" || code === "ROOM_NOT_FOUND";
}
