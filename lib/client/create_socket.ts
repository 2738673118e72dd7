/** The socket of a page, for a real browser. */
import { browserPage, browserTimers } from "./environment.ts";
import { ParleySocket, type RoomSocket } from "./socket.ts";

/**
 * A socket to the server that the page came from. Whoever asked for it starts and stops it.
 * @param fetchTicket a ticket for each connection. @throws {Refusal}
 */
export function createSocket(fetchTicket: () => Promise<{ token: string }>): ParleySocket {
  const url = new URL("/ws", location.href.replace(/^http/, "ws")).href;
  return new ParleySocket({ url, fetchTicket, timers: browserTimers, page: browserPage });
}

/** The server runs another build than the page came from: the page is loaded anew as soon as nobody looks at it. */
export function reloadWhenStale(socket: RoomSocket): void {
  let build: string | null = null;
  socket.subscribe((state) => {
    if (state.phase !== "online") return;
    build ??= state.welcome.build;
    if (state.welcome.build === build) return;
    // What was being written is a draft, what was being sent waits in the outbox: nothing is lost.
    browserPage.watch((change) => change === "hidden" && location.reload());
    if (browserPage.hidden()) location.reload();
  });
}
