import { type MutableRef, useEffect, useState } from "preact/hooks";
import type { OpenRoom } from "../../lib/client/open_room.ts";

/** What callbacks reach for: they are made once, and the room is not open by then. */
export type RoomRef = MutableRef<OpenRoom | null>;

/** Opens a room once the page is there, and closes it with the page; null until then. */
export function useOpenRoom(open: () => OpenRoom): OpenRoom | null {
  const [room, setRoom] = useState<OpenRoom | null>(null);
  useEffect(() => {
    const opened = open();
    setRoom(opened);
    return () => opened.close();
  }, []);
  return room;
}
