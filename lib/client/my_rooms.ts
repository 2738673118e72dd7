/** The list of my rooms on a page that is no room itself. */
import type { UserId } from "../protocol/ids.ts";
import type { MyRoom } from "../protocol/types.ts";
import { browserFetch, ticketCall, writeCall } from "./api.ts";
import { createSocket } from "./create_socket.ts";
import { browserTimers } from "./environment.ts";
import { RoomsWatch } from "./rooms_watch.ts";

/**
 * Keeps the list up to date over a socket of its own.
 * @returns a call that ends it
 */
export function watchMyRooms(
  { rooms, me, csrf }: { rooms: MyRoom[]; me: UserId; csrf: string },
  onChange: (rooms: readonly MyRoom[]) => void,
): () => void {
  const socket = createSocket(ticketCall(writeCall(browserFetch, csrf)));
  const watch = new RoomsWatch({ socket, timers: browserTimers, rooms, me });
  const forget = watch.subscribe(onChange);
  watch.start();
  socket.start();
  return () => {
    forget();
    watch.stop();
    socket.stop();
  };
}
