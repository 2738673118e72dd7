import { useEffect, useState } from "preact/hooks";
import type { OpenRoom } from "../../lib/client/open_room.ts";
import { browserTimers } from "../../lib/client/environment.ts";
import { RoomsWatch } from "../../lib/client/rooms_watch.ts";
import type { RoomSocket } from "../../lib/client/socket.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { useLatest } from "./use_latest.ts";

/** What goes on beside the list: a socket, and the room that the page shows, when it shows one. */
export type Watched = { socket: RoomSocket; client?: OpenRoom["client"] };

/**
 * My rooms, as they are now.
 * @param on null until there is a socket: the list then stands as the server drew it
 * @param first what the server drew
 */
export function useRoomsWatch(
  on: Watched | null,
  first: readonly MyRoom[],
  me: UserId | undefined,
): readonly MyRoom[] {
  const [watch, setWatch] = useState<RoomsWatch | null>(null);
  useEffect(() => {
    if (!on || !me) return;
    const { socket, client } = on;
    const reading = () => client?.reading ? client.view.room.roomId : null;
    const begun = new RoomsWatch({ socket, timers: browserTimers, rooms: first, me, reading });
    const stopReads = client?.subscribe(({ room }) => begun.read(room.roomId, room.readSeq));
    begun.start();
    setWatch(begun);
    return () => {
      stopReads?.();
      begun.stop();
    };
  }, [on]);
  return useLatest(watch, ({ rooms }) => rooms, () => first);
}
