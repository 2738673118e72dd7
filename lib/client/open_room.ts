/** Puts a room page's parts together, for a real browser. */
import type { UserId } from "../protocol/ids.ts";
import type { Snapshot } from "../protocol/room_state.ts";
import type { Viewer } from "../protocol/types.ts";
import { blocksCall, historyCall, ticketCall, writeCall } from "./api.ts";
import { Blocks } from "./blocks.ts";
import { Composer } from "./composer.ts";
import { Drafts } from "./drafts.ts";
import { browserPage, browserStore, browserTimers } from "./environment.ts";
import { Outbox } from "./outbox.ts";
import { OutboxStore } from "./outbox_store.ts";
import { RoomClient } from "./room.ts";
import { ParleySocket } from "./socket.ts";

export interface OpenRoom {
  client: RoomClient;
  composer: Composer;
  blocks: Blocks;
  socket: ParleySocket;
  close(): void;
}

export interface DrawnRoom {
  viewer: Viewer;
  snapshot: Snapshot;
  /** Whom the viewer has blocked. */
  blocked: UserId[];
  csrf: string;
}

/**
 * Connects to the room that the page shows.
 * @param page what the server drew
 * @param typed what stands in the message field already
 */
export function openRoom({ viewer, snapshot, blocked, csrf }: DrawnRoom, typed: string): OpenRoom {
  const { roomId } = snapshot;
  const store = browserStore();
  const timers = browserTimers;
  const fetch: typeof globalThis.fetch = (path, init) => globalThis.fetch(path, init);
  const url = new URL("/ws", location.href.replace(/^http/, "ws")).href;
  const socket = new ParleySocket({
    url,
    fetchTicket: ticketCall(fetch, csrf),
    timers,
    page: browserPage,
  });
  const outbox = new Outbox({
    roomId,
    store: new OutboxStore(store, viewer.id, roomId),
    timers,
    request: (frame) => socket.request(frame),
  });
  const blocks = new Blocks({
    ids: blocked,
    write: writeCall(fetch, csrf),
    fetchIds: blocksCall(fetch),
  });
  const fetchHistory = historyCall(fetch);
  const client = new RoomClient({
    viewer,
    snapshot,
    socket,
    outbox,
    blocks,
    fetchHistory,
    timers,
    page: browserPage,
  });
  const composer = new Composer(client, roomId, new Drafts(store, viewer.id), typed);
  client.start();
  // Somebody may have been blocked in another tab meanwhile.
  const unwatch = browserPage.watch((change) => change === "awake" && blocks.refresh());
  reloadWhenStale(socket);
  socket.start();
  return {
    client,
    composer,
    blocks,
    socket,
    close() {
      unwatch();
      client.stop();
      socket.stop();
    },
  };
}

/** The server runs another build than the page came from: the page is loaded anew as soon as nobody looks at it. */
function reloadWhenStale(socket: ParleySocket): void {
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
