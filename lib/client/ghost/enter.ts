/** From a ghost's session to a live room: one socket, sealed where the room is, that the room's page takes over. */
import type { RoomJoined, Welcome } from "../../protocol/events.ts";
import type { ClientFrameInput } from "../../protocol/frames.ts";
import type { UserId } from "../../protocol/ids.ts";
import type { Snapshot } from "../../protocol/room_state.ts";
import type { Viewer } from "../../protocol/types.ts";
import type { Write } from "../api.ts";
import { type OpenRoom, openRoom } from "../open_room.ts";
import { asRefusal, Refusal } from "../refusal.ts";
import { SealedMessages } from "../sealing/messages.ts";
import { openHistory, SealedSocket } from "../sealing/sealed_socket.ts";
import type { RoomSocket } from "../socket.ts";
import type { GhostSession, GhostSessionCalls } from "./calls.ts";
import type { RoomFiles, roomFiles } from "./files.ts";
import type { RoomKeys } from "../sealing/key.ts";
import { memoryStore } from "./keeping.ts";

export interface EnterDeps {
  token: string;
  session: GhostSession;
  calls: GhostSessionCalls;
  /** Of an encrypted room. */
  keys: RoomKeys | null;
  /** A socket that is not started yet. */
  makeSocket: (fetchTicket: () => Promise<{ token: string }>) => RoomSocket;
}

/** A room that one is in, not drawn yet. */
export interface EnteredRoom {
  viewer: Viewer;
  snapshot: Snapshot;
  /** Milliseconds by which the server's clock is ahead of ours. */
  clockAhead: number;
  /** Made when the first is sent or shown: what they take is a good deal, and loaded by then. */
  openFiles(make: typeof roomFiles): RoomFiles;
  /** Nothing of them is left in the browser's memory. */
  closeFiles(): void;
  socket: RoomSocket;
  /** Once, when it is drawn. */
  open(): OpenRoom;
}

/**
 * Connects and joins.
 * @throws {Refusal} when the session is over, there is no place, the room is over, or no server answers
 */
export async function enterRoom(deps: EnterDeps): Promise<EnteredRoom> {
  const { token, session, calls, keys } = deps;
  let files: RoomFiles | null = null;
  let refused: Refusal | null = null;
  const fetchTicket = () =>
    calls.ticket().catch((error) => {
      throw refused = asRefusal(error);
    });
  const plain = deps.makeSocket(fetchTicket);
  const messages = keys &&
    new SealedMessages({ keys, author: session.nickname, fileOf: (id) => files?.fileOf(id) });
  const socket = messages ? new SealedSocket(plain, messages) : plain;
  const joinFrame = (afterSeq?: number): ClientFrameInput => ({
    type: "join_room",
    roomToken: token,
    afterSeq,
  });
  try {
    const welcome = await welcomed(socket, () => refused);
    const joined = await socket.request(joinFrame());
    const viewer = welcome.user;
    const snapshot = snapshotOf(joined as RoomJoined);
    const history = async (_room: unknown, before: string) => await calls.history(before);
    const open = () =>
      openRoom({ viewer, snapshot, blocked: [], csrf: "" }, "", {
        ...blocksOfThisTab(),
        fetchTicket,
        fetchHistory: messages ? openHistory(messages, history) : history,
        store: memoryStore(),
        wrapSocket: () => socket,
        joinFrame,
      });
    const clockAhead = Date.parse(welcome.serverTime) - Date.now();
    return {
      ...{ viewer, snapshot, clockAhead, socket, open },
      openFiles: (make) => files ??= make(calls, token, keys),
      closeFiles: () => files?.close(),
    };
  } catch (error) {
    socket.stop();
    throw asRefusal(error);
  }
}

/** Starts the socket. A first try that fails is said rather than repeated: somebody stands at the door. */
function welcomed(socket: RoomSocket, refused: () => Refusal | null): Promise<Welcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Welcome>();
  const stop = socket.subscribe((state) => {
    if (state.phase === "connecting") return;
    stop();
    if (state.phase === "online") resolve(state.welcome);
    else if (state.phase === "ended") reject(refused() ?? new Refusal("SESSION_EXPIRED", state.reason));
    else reject(refused() ?? new Refusal("DISCONNECTED", "The server cannot be reached."));
  });
  socket.start();
  return promise;
}

/** Whom a ghost blocks is folded away in this tab: the server has no list of theirs, and nobody is told. */
function blocksOfThisTab(): { write: Write; fetchBlocked: () => Promise<UserId[]> } {
  const ids = new Set<UserId>();
  return {
    write(method, path, body) {
      if (method === "POST") ids.add((body as { userId: UserId }).userId);
      else ids.delete(path.split("/").at(-1) as UserId);
      return Promise.resolve({} as never);
    },
    fetchBlocked: () => Promise.resolve([...ids]),
  };
}

function snapshotOf({ type: _type, id: _id, resumed: _resumed, ...snapshot }: RoomJoined): Snapshot {
  return snapshot;
}
