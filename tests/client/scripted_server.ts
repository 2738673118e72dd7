/** A real WebSocket server on a port of its own that says what a test tells it to, in the protocol's frames. */
import type { ServerEvent, Welcome } from "../../lib/protocol/events.ts";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { ME } from "../protocol/room_model.ts";

/** Values that come in and are waited for, in their order. */
class Queue<Value> {
  #values: Value[] = [];
  #waiting: ((value: Value) => void)[] = [];

  push(value: Value): void {
    const next = this.#waiting.shift();
    if (next) next(value);
    else this.#values.push(value);
  }

  next(): Promise<Value> {
    if (this.#values.length > 0) return Promise.resolve(this.#values.shift()!);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  get size(): number {
    return this.#values.length;
  }
}

export type Frame<Type extends ClientFrameInput["type"]> = Extract<ClientFrameInput, { type: Type }> & {
  id?: string;
};

export class ServedSocket {
  readonly frames = new Queue<ClientFrameInput>();
  readonly closed: Promise<void>;
  /** Unless told to, it does not: a dead peer is silent. */
  answersHeartbeats = false;

  constructor(readonly socket: WebSocket, readonly protocols: string[]) {
    socket.onmessage = (event) => {
      const frame: ClientFrameInput = JSON.parse(event.data);
      if (frame.type === "heartbeat" && this.answersHeartbeats) this.send({ type: "ack", id: frame.id });
      this.frames.push(frame);
    };
    this.closed = new Promise((resolve) => socket.onclose = () => resolve());
  }

  send(...events: ServerEvent[]): void {
    this.socket.send(JSON.stringify(events));
  }

  welcome(heartbeatSeconds = 25): void {
    const user = {
      id: ME as UserId,
      name: "Me",
      tier: "guest",
      ageCategory: "_18PLUS",
      role: "USER",
    } as const;
    const event: Welcome = {
      type: "welcome",
      connectionId: crypto.randomUUID(),
      user,
      serverTime: new Date(0).toISOString(),
      heartbeatSeconds,
      build: "test",
    };
    this.send(event);
  }

  /** The next frame of this type; frames of others that come before it are passed over. */
  async next<Type extends ClientFrameInput["type"]>(type: Type): Promise<Frame<Type>> {
    for (;;) {
      const frame = await this.frames.next();
      if (frame.type === type) return frame as Frame<Type>;
    }
  }

  close(code: number, reason = ""): void {
    this.socket.close(code, reason);
  }
}

export class ScriptedServer {
  readonly #sockets = new Queue<ServedSocket>();
  readonly #all: ServedSocket[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor() {
    this.#server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
      const protocols = (request.headers.get("sec-websocket-protocol") ?? "").split(", ");
      const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "parley.v1" });
      const served = new ServedSocket(socket, protocols);
      this.#all.push(served);
      socket.onopen = () => this.#sockets.push(served);
      return response;
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${this.#server.addr.port}/ws`;
  }

  /** The next connection that somebody opens. */
  accept(): Promise<ServedSocket> {
    return this.#sockets.next();
  }

  /** Connections opened and not accepted yet. */
  get waiting(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    for (const served of this.#all) {
      if (served.socket.readyState <= 1) served.socket.close();
    }
    await Promise.all(this.#all.map((served) => served.closed));
    await this.#server.shutdown();
  }
}
