import { useRef, useState } from "preact/hooks";
import { browserFetch } from "../../../lib/client/api.ts";
import { ghostCalls, type GhostRoomInfo } from "../../../lib/client/ghost/calls.ts";
import { type Barred, look } from "../../../lib/client/ghost/door.ts";
import type { RoomKeys } from "../../../lib/client/sealing/key.ts";

export type Door = ReturnType<typeof useDoor>;

/** The room as it is seen from outside. */
export function useDoor(token: string) {
  const [info, setInfo] = useState<GhostRoomInfo | null>(null);
  const [barred, setBarred] = useState<Barred>();
  const keys = useRef<RoomKeys | null>(null);
  const known = useRef(false);
  /** @returns whether there is a way in */
  const lookAgain = async (): Promise<boolean> => {
    const looked = await look(ghostCalls(browserFetch), token, location.hash);
    if ("barred" in looked) {
      // A lost network while one waits is no news about the room.
      if (!looked.barred.again || !known.current) setBarred(looked.barred);
      return false;
    }
    keys.current = looked.keys;
    known.current = true;
    setInfo(looked.info);
    setBarred(undefined);
    return true;
  };
  return { info, barred, setBarred, keys, lookAgain };
}
