/** Puts a room page's parts together, for a real browser. */
import type { ClientFrameInput } from "../protocol/frames.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { Past, Snapshot } from "../protocol/room_state.ts";
import type { HistoryPage, Viewer } from "../protocol/types.ts";
import {
  blocksCall,
  browserFetch,
  historyCall,
  newerCall,
  ticketCall,
  type Write,
  writeCall,
} from "./api.ts";
import { Blocks } from "./blocks.ts";
import { Composer } from "./composer.ts";
import { createSocket, reloadWhenStale } from "./create_socket.ts";
import { Drafts } from "./drafts.ts";
import { browserPage, browserStore, browserTimers, type Store } from "./environment.ts";
import { Outbox } from "./outbox.ts";
import { OutboxStore } from "./outbox_store.ts";
import { RoomClient } from "./room.ts";
import type { RoomSocket } from "./socket.ts";

export interface OpenRoom {
  client: RoomClient;
  composer: Composer;
  blocks: Blocks;
  socket: RoomSocket;
  /** Where what belongs to this browser waits. */
  store: Store;
  close(): void;
}

export interface DrawnRoom {
  viewer: Viewer;
  snapshot: Snapshot;
  past?: Past;
  /** Whom the viewer has blocked. */
  blocked: UserId[];
  csrf: string;
}

/** How a room is reached that does not go by this site's cookies, or whose words may not stay in this browser. */
export interface RoomWays {
  /** Calls that change something: with the page's CSRF token, if nothing is said. */
  write?: Write;
  /** A ticket for each connection. @throws {Refusal} */
  fetchTicket?: () => Promise<{ token: string }>;
  /** A page of history. @throws {Refusal} */
  fetchHistory?: (room: RoomId, cursor: string) => Promise<HistoryPage>;
  /** Whom I have blocked, asked for anew. @throws {Refusal} */
  fetchBlocked?: () => Promise<UserId[]>;
  /** Where drafts and unsent messages wait: in this browser, over reloads, if nothing is said. */
  store?: Store;
  /** Stands between the room and the socket: what it sends and hears may be another thing on the way. */
  wrapSocket?: (socket: RoomSocket) => RoomSocket;
  /** What asks for the room and all after `afterSeq`. */
  joinFrame?: (afterSeq: number) => ClientFrameInput;
}

/**
 * Connects to the room that the page shows.
 * @param page what the server drew
 * @param typed what stands in the message field already
 */
export function openRoom(page: DrawnRoom, typed: string, ways: RoomWays = {}): OpenRoom {
  const { viewer, snapshot } = page;
  const { roomId } = snapshot;
  const timers = browserTimers;
  const {
    write = writeCall(browserFetch, page.csrf),
    fetchTicket = ticketCall(write),
    fetchHistory = historyCall(browserFetch),
    fetchBlocked = blocksCall(browserFetch),
    store = browserStore(),
    wrapSocket = (socket) => socket,
    joinFrame,
  } = ways;
  const socket = wrapSocket(createSocket(fetchTicket));
  const outbox = new Outbox({
    roomId,
    store: new OutboxStore(store, viewer.id, roomId),
    timers,
    request: (frame) => socket.request(frame),
  });
  const blocks = new Blocks({ ids: page.blocked, write, fetchIds: fetchBlocked });
  const client = new RoomClient({
    ...{ viewer, snapshot, socket, outbox, blocks, fetchHistory, timers, joinFrame },
    past: page.past,
    fetchNewer: newerCall(browserFetch),
    page: browserPage,
  });
  const composer = new Composer(client, roomId, new Drafts(store, viewer.id), typed);
  client.start();
  // Somebody may have been blocked in another tab meanwhile.
  const unwatch = browserPage.watch((change) => change === "awake" && blocks.refresh());
  // Words that are kept in memory alone would not survive it.
  if (!ways.store) reloadWhenStale(socket);
  socket.start();
  return {
    client,
    composer,
    blocks,
    socket,
    store,
    close() {
      unwatch();
      composer.close();
      client.stop();
      socket.stop();
    },
  };
}
