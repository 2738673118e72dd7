import type { Session } from "../auth/sessions.ts";
import { AppError } from "../errors.ts";
import type { Services } from "../services.ts";
import { KvCommits } from "../kv_commits.ts";
import { CLOSE } from "../protocol/errors.ts";
import type { DurableEvent } from "../protocol/events.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { HEARTBEAT_SECONDS } from "../protocol/limits.ts";
import type { Person } from "../protocol/types.ts";
import { Admission } from "./admission.ts";
import { Connection } from "./connection.ts";
import { Connections } from "./connections.ts";
import { createDoorbell, type Rung } from "./doorbell.ts";
import type { Desk } from "./desk.ts";
import { endOf } from "../tcp.ts";
import { forgetRoom, type Gone } from "./forget.ts";
import { handleFrame } from "./frames.ts";
import { Guard } from "./guard.ts";
import { Hub } from "./hub.ts";
import { Isolates } from "./isolates.ts";
import { Endings } from "./endings.ts";
import { abandon, leaveAll } from "./join.ts";
import { Places } from "./places.ts";
import { Presence } from "./presence.ts";
import type { Publisher } from "./publish.ts";
import { Readers } from "./readers.ts";
import { Rights } from "./rights.ts";
import { Sessions } from "./sessions.ts";
import { Silence } from "./silence.ts";
import { createTickets, type Tickets } from "./tickets.ts";
import { HERE, ISOLATE, MINE, READER, RIGHT, ROOM, SESSION, TYPING } from "./topics.ts";
import { Typing } from "./typing.ts";
import { belongsTo, Watch } from "./watch.ts";
import { createWriter } from "./writer.ts";

export const SUBPROTOCOL = "parley.v1";
/** Milliseconds; a right that changed while the doorbell was out of order is noticed this late. */
const RIGHTS_SWEEP = 10_000;
const TIME_IS_OVER = "This room's time is over. All that was said in it is gone.";

/** Where a request comes from. */
interface Whence {
  /** What connections are counted by. */
  address: string;
  /** The other end of its TCP connection. */
  peer: Deno.NetAddr | null;
}

/** The realtime core of one isolate, as the rest of the program sees it. */
export interface Realtime extends Publisher {
  readonly isolateId: string;
  readonly tickets: Tickets;
  /** Upgrades a request whose ticket has been taken. @throws AppError TOO_MANY_CONNECTIONS */
  accept(req: Request, session: Session, from: Whence): Promise<Response>;
  /** Closes a session's sockets, here at once and on other isolates when the bell reaches them. */
  endSession(sessionId: string): void;
  /**
   * Something changed who may do what in a room. Every isolate asks anew, and stops delivery to sockets that may not
   * read it any more. To be called once the change is committed.
   * @param userIds those whose own list of rooms is another now
   */
  rightsChanged(roomId: RoomId, userIds?: readonly UserId[]): void;
  /** What these people's own lists of rooms say is another now: told to their pages, on every isolate. */
  listsChanged(userIds: readonly UserId[]): void;
  /** Ends the sessions of those who were in a room that is gone, and leaves nothing in KV of room and people. */
  forgetRoom(roomId: RoomId, people: Gone): Promise<void>;
  /** People in each room, over all isolates. */
  onlineByRoom(): Map<RoomId, number>;
  /** Who is in a room, over all isolates. */
  people(roomId: RoomId): Promise<{ online: number; people: Person[] }>;
  /** Who has the room open, over all isolates, and looks at it. */
  looking(roomId: RoomId): Promise<Set<UserId>>;
  /** Calls back with every event that this isolate has committed, once it is. The callback must not throw, nor wait. */
  onCommitted(listener: (events: DurableEvent[]) => void): void;
  /** Sockets open on this isolate. */
  connections(): number;
  /** Tells every socket to come back elsewhere, finishes what was begun. */
  close(): Promise<void>;
}

/** Everything but the realtime core itself. */
type Base = Omit<Services, "realtime" | "worker" | "notifier" | "linker">;

export async function createRealtime(base: Base): Promise<Realtime> {
  const { kv, clock, log, sql, config, rooms } = base;
  const connections = new Connections();
  const committedListeners: ((events: DurableEvent[]) => void)[] = [];
  const doorbell = createDoorbell(kv, clock, log, () => isolates.alone);
  const hub = new Hub(sql, log);
  const isolates: Isolates = new Isolates({
    ...{ kv, clock, log },
    countHere: () => presence.countHere(),
    changed: () => presence.recheck(),
    came: () => doorbell.somebodyCame(),
    returned() {
      presence.retell();
      admission.retell();
    },
  });
  const commits = new KvCommits(kv);
  const here = { kv, commits, clock, log, doorbell, hub, isolates, isolateId: isolates.id };
  const presence: Presence = new Presence(here);
  const typing = new Typing(here);
  const tickets = createTickets(kv, commits, clock, config.accessTokenSecret);
  const admission: Admission = new Admission({ ...here, factor: config.limitsFactor });

  const guard = new Guard(log);
  const silence = new Silence(() => connections.all());

  function spread(events: DurableEvent[]): void {
    // Of each room's events the last one tells of all.
    for (const [roomId, own] of hub.committed(events)) doorbell.ring(ROOM + roomId, own.at(-1)!.seq);
    for (const listener of committedListeners) listener(events);
  }
  const writer = createWriter(sql, log, spread);
  const publisher: Publisher = {
    post: (posting) => writer.post(posting),
    hand: (posting, receipt) => writer.hand(posting, receipt),
    announce: (event) => spread([event]),
  };

  const rights = new Rights({
    ...base,
    connections,
    channelOf: (roomId) => hub.find(roomId),
    abandon: (by, roomId) => abandon(desk, by, roomId, by.rooms.get(roomId)!),
  });
  const endings = new Endings({ clock, hub, end: (roomId) => rights.end(roomId, TIME_IS_OVER) });
  const places = new Places({
    ...base,
    connections,
    sendAway: (by, roomId, reason) => rights.sendAway(by, roomId, reason),
  });

  const watch = new Watch({ ...here, sql, online: () => isolates.onlineByRoom() });
  const sessions = new Sessions({ ...here, sql, connections });
  const readers = new Readers({ ...here, sql, connections, watches: (by) => watch.has(by) });

  const cannotLook = (error: unknown) => log.error({ error: String(error) }, "rights cannot be looked up");
  function lookAgain(roomIds: Iterable<RoomId>): void {
    for (const roomId of roomIds) {
      watch.listsChanged((_, watched) => watched.has(roomId));
      rights.changed(roomId).catch(cannotLook);
    }
  }
  /** Rooms that anybody may read are none of it. */
  async function sweepRights(): Promise<void> {
    for (const roomId of hub.rooms()) {
      const room = await rooms.find(roomId).catch(() => null);
      if (room && room.info.kind === "language") continue;
      await rights.lookAgain(roomId).catch(cannotLook);
    }
  }
  const rightsSweeper = setInterval(() => void sweepRights(), RIGHTS_SWEEP);

  const desk: Desk = {
    ...base,
    connections,
    endings,
    watch,
    publisher,
    hub,
    presence,
    typing,
    doorbell,
    listsChanged,
    tellReader: (by, roomId, seq) => readers.moved(by, roomId, seq),
  };

  function listsChanged(userIds: readonly UserId[]): void {
    watch.listsChanged(belongsTo(new Set(userIds)));
    for (const id of userIds) doorbell.ring(MINE + id);
  }

  doorbell.listen((rung: Rung) => {
    if (topicsOf(rung, ISOLATE).length > 0) void isolates.lookNow();
    hub.heard(topicsOf(rung, ROOM).map(([id, head]) => [id as RoomId, head]));
    for (const [id] of topicsOf(rung, SESSION)) sessions.heard(id);
    lookAgain(topicsOf(rung, RIGHT).map(([id]) => id as RoomId));
    const owners = topicsOf(rung, MINE).map(([id]) => id as UserId);
    if (owners.length > 0) watch.listsChanged(belongsTo(new Set(owners)));
    void presence.heard(topicsOf(rung, HERE).map(([id]) => id as RoomId));
    void typing.heard(topicsOf(rung, TYPING).map(([id]) => id as RoomId));
    readers.heard(topicsOf(rung, READER).map(([id]) => id as UserId))
      .catch((error) => log.error({ error: String(error) }, "read pointers cannot be told"));
  });

  await isolates.beat();
  // Those who are there learn of this one now, and not by its next sign of life: who is alone rings for nobody.
  doorbell.ring(ISOLATE + isolates.id);

  return {
    ...publisher,
    isolateId: isolates.id,
    tickets,
    async accept(req, session, { address, peer }) {
      const release = await admission.admit(session.viewer.id, address);
      const { socket, response } = upgrade(req, release);
      const connection = new Connection(socket, session, {
        clock,
        log,
        factor: config.limitsFactor,
        handle: (by, frame) => handleFrame(desk, by, frame),
        closed(by) {
          watched.closed();
          connections.delete(by);
          watch.end(by);
          leaveAll(desk, by);
        },
      });
      const watched = guard.watch(peer && endOf(peer), connection, release);
      socket.addEventListener("close", () => watched.ended());
      connections.add(connection);
      sessions.opened(connection);
      socket.onopen = () => {
        connection.answer({
          type: "welcome",
          connectionId: connection.id,
          user: session.viewer,
          serverTime: new Date(clock()).toISOString(),
          heartbeatSeconds: HEARTBEAT_SECONDS,
          build: base.build,
        });
      };
      return response;
    },
    endSession: (sessionId) => sessions.end(sessionId),
    rightsChanged(roomId, userIds = []) {
      lookAgain([roomId]);
      doorbell.ring(RIGHT + roomId);
      listsChanged(userIds);
    },
    listsChanged,
    async forgetRoom(roomId, people) {
      for (const sessionId of people.sessions) sessions.end(sessionId);
      await forgetRoom({ ...base, tickets }, roomId, people);
    },
    onlineByRoom: () => isolates.onlineByRoom(),
    people: (roomId) => presence.lookUp(roomId),
    looking: (roomId) => presence.looking(roomId),
    onCommitted: (listener) => void committedListeners.push(listener),
    connections: () => connections.size,
    async close() {
      guard.close();
      silence.close();
      sessions.close();
      clearInterval(rightsSweeper);
      endings.close();
      places.close();
      for (const connection of connections.all()) {
        connection.close(CLOSE.restart, "the server restarts; come back");
      }
      await writer.idle();
      typing.close();
      hub.close();
      await admission.close();
      await presence.close();
      await isolates.close();
      await doorbell.close();
    },
  };
}

/** @throws AppError BAD_REQUEST, giving the place back, for a handshake that is incomplete or speaks something else. */
function upgrade(req: Request, release: () => void): Deno.WebSocketUpgrade {
  try {
    return Deno.upgradeWebSocket(req, { protocol: SUBPROTOCOL, idleTimeout: 0 });
  } catch (error) {
    release();
    if (!(error instanceof TypeError)) throw error;
    throw new AppError("BAD_REQUEST", { message: `That is no WebSocket handshake for ${SUBPROTOCOL}.` });
  }
}

/** The rung topics of one kind, without their prefix. */
function topicsOf(rung: Rung, prefix: string): [string, number][] {
  return [...rung].filter(([topic]) => topic.startsWith(prefix))
    .map(([topic, version]) => [topic.slice(prefix.length), version]);
}
