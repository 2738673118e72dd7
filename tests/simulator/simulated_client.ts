/** A page of the product without a browser: its own socket, room and outbox, before a network that fails. */
import { call } from "../../lib/client/api.ts";
import type { Answer } from "../../lib/client/connection.ts";
import type { PageSignals } from "../../lib/client/environment.ts";
import { OutboxStore } from "../../lib/client/outbox_store.ts";
import { RoomClient } from "../../lib/client/room.ts";
import { ParleySocket, type RoomSocket } from "../../lib/client/socket.ts";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import { type MessageId, partsOf } from "../../lib/protocol/ids.ts";
import type { Snapshot } from "../../lib/protocol/room_state.ts";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { SharedStorage } from "../client/support.ts";
import { Lanes } from "./lanes.ts";
import { changeIdentity, clientIdOf, type Ledger } from "./ledger.ts";
import type { Network } from "./network.ts";
import type { Random } from "./random.ts";
import { StreamWatch } from "./stream_watch.ts";
import type { HastenedTimers } from "./timers.ts";
import { type Inhabitant, tokenOf } from "./world.ts";

export interface ClientOptions {
  name: string;
  person: Inhabitant;
  room: RoomInfo;
  /** Messages on their way at once. */
  lanes: number;
  network: Network;
  ledger: Ledger;
  timers: HastenedTimers;
  random: Random;
}

/** Deno's constructor, which can set headers; the browser's types know nothing of that. */
const Dialer = WebSocket as unknown as new (
  url: string,
  options: { protocols: string[]; headers: Record<string, string> },
) => WebSocket;

const ALWAYS_LOOKED_AT: PageSignals = { hidden: () => false, online: () => true, watch: () => () => {} };

export class SimulatedClient {
  readonly writer: number;
  readonly socket: ParleySocket;
  readonly outbox: Lanes;
  readonly room: RoomClient;
  readonly watch: StreamWatch;
  /** Hears of each frame of this client that was answered well. */
  onAnswer: (frame: ClientFrameInput) => void = () => {};
  #messages = 0;

  constructor(readonly options: ClientOptions) {
    const { name, person, room, lanes, network, ledger, timers, random } = options;
    this.writer = ledger.addWriter();
    this.watch = new StreamWatch(name, room.id, ledger);
    this.socket = new ParleySocket({
      url: `${network.origin.replace("http", "ws")}/ws`,
      fetchTicket: () => this.#fetchTicket(),
      openSocket: (url, protocols) => new Dialer(url, { protocols, headers: { origin: network.origin } }),
      timers,
      page: ALWAYS_LOOKED_AT,
      random: () => random.next(),
    });
    // Before the room's own listeners, so that a fault is noted before the room mends it.
    this.socket.subscribe(({ phase }) => phase !== "online" && this.watch.disconnected());
    this.socket.onEvents((events) => this.watch.hear(events));
    const request = (frame: ClientFrameInput) => this.request(frame);
    this.outbox = new Lanes(lanes, () => ({
      roomId: room.id,
      store: new OutboxStore(new SharedStorage().tab(), person.viewer.id, room.id),
      timers,
      request,
      newId: () => clientIdOf(this.writer, this.#messages++),
      random: () => random.next(),
    }));
    this.room = new RoomClient({
      viewer: person.viewer,
      snapshot: emptySnapshot(room),
      socket: overheard(this.socket, request),
      outbox: this.outbox,
      blocks: { ids: new Set(), subscribe: () => () => {} },
      fetchHistory: () => Promise.reject(new Error("nobody scrolls here")),
      timers,
      page: ALWAYS_LOOKED_AT,
      random: () => random.next(),
    });
  }

  start(): void {
    this.room.start();
    this.socket.start();
  }

  stop(): void {
    this.room.stop();
    this.socket.stop();
  }

  /** Asks over this client's own connection; what the answer claims is written down. */
  async request(frame: ClientFrameInput): Promise<Answer> {
    const answer = await this.socket.request(frame);
    this.#note(frame, answer);
    this.onAnswer(frame);
    return answer;
  }

  /** Sends what another device of the same person has sent already, under the same `clientId`. */
  repeat(frame: ClientFrameInput): void {
    this.socket.request(frame).then((answer) => this.#note(frame, answer), () => {});
  }

  #note(frame: ClientFrameInput, answer: Answer): void {
    if (answer.type === "ack" && answer.seq !== undefined) this.#noteAck(frame, answer.seq);
  }

  #noteAck(frame: ClientFrameInput, seq: number): void {
    const { ledger, room, person } = this.options;
    const about = (messageId: string) => partsOf(messageId as MessageId).seq;
    switch (frame.type) {
      case "send_message":
        return ledger.acknowledged(frame.clientId, room.id, seq);
      case "edit_message":
        return ledger.changed(room.id, seq, changeIdentity("message_edited", about(frame.messageId)));
      case "delete_message":
        return ledger.changed(room.id, seq, changeIdentity("message_deleted", about(frame.messageId)));
      case "react": {
        const { id } = person.viewer;
        const identity = changeIdentity("reaction", about(frame.messageId), frame.emoji, id, frame.on);
        return ledger.changed(room.id, seq, identity);
      }
    }
  }

  async #fetchTicket(): Promise<{ token: string }> {
    const { person, network } = this.options;
    const authorization = `Bearer ${await tokenOf(person, network.secret)}`;
    return await call(network.fetch, "/api/auth/ws-token", { method: "POST", headers: { authorization } });
  }
}

/** The socket, but for its requests. */
function overheard(socket: ParleySocket, request: RoomSocket["request"]): RoomSocket {
  return {
    get state() {
      return socket.state;
    },
    subscribe: (listener) => socket.subscribe(listener),
    onEvents: (listener) => socket.onEvents(listener),
    start: () => socket.start(),
    stop: () => socket.stop(),
    reconnect: () => socket.reconnect(),
    send: (frame) => socket.send(frame),
    request,
  };
}

/** What the page of a room shows in which nobody has said anything. */
function emptySnapshot(room: RoomInfo): Snapshot {
  const people = { members: [], presence: { online: 0 } };
  return { roomId: room.id, room, headSeq: 0, readSeq: 0, messages: [], hasOlder: false, ...people };
}
