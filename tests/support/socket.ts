/** A client that speaks the protocol and remembers all it was told. */
import type { Ack, ErrorEvent, RoomJoined, ServerEvent, Welcome } from "../../lib/protocol/events.ts";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { before, PATIENCE } from "./wait.ts";
import { dataOf, type Guest, type Place } from "./visitor.ts";

export type EventOf<Type extends ServerEvent["type"]> = Extract<ServerEvent, { type: Type }>;

/** Deno's constructor, which can set headers; the browser's types know nothing of that. */
const Dialer = WebSocket as unknown as new (
  url: string,
  options: { protocols: string[]; headers: Record<string, string> },
) => WebSocket;

interface Waiting {
  matches(event: ServerEvent): boolean;
  resolve(event: ServerEvent): void;
}

export class TestSocket {
  /** All events, in the order they came. */
  readonly events: ServerEvent[] = [];
  /** How many events each frame held. */
  readonly frames: number[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Events nobody has taken yet. */
  #untaken: ServerEvent[] = [];
  #waiting: Waiting[] = [];
  #ids = 0;

  constructor(readonly socket: WebSocket) {
    const { promise, resolve } = Promise.withResolvers<{ code: number; reason: string }>();
    this.closed = promise;
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = ({ code, reason }) => resolve({ code, reason });
    socket.onerror = () => {};
  }

  send(frame: ClientFrameInput): void {
    this.socket.send(JSON.stringify(frame));
  }

  /** Text as it is, which need not be a frame. */
  sendRaw(data: string | Uint8Array<ArrayBuffer>): void {
    this.socket.send(data);
  }

  /** The next event of a type that was not taken before; waits for it when it has not come yet. */
  async take<Type extends ServerEvent["type"]>(
    type: Type,
    matches: (event: EventOf<Type>) => boolean = () => true,
    within = PATIENCE,
  ): Promise<EventOf<Type>> {
    const wanted = (event: ServerEvent) => event.type === type && matches(event as EventOf<Type>);
    const index = this.#untaken.findIndex(wanted);
    if (index >= 0) return this.#untaken.splice(index, 1)[0] as EventOf<Type>;
    const { promise, resolve } = Promise.withResolvers<ServerEvent>();
    this.#waiting.push({ matches: wanted, resolve });
    return await before(promise, `a ${type} event`, within) as EventOf<Type>;
  }

  /** Sends a frame under a new `id` and waits for what answers it. */
  async request(frame: ClientFrameInput): Promise<Ack | ErrorEvent> {
    const id = frame.id ?? `t${++this.#ids}`;
    this.send({ ...frame, id });
    const isAnswer = (event: ServerEvent) =>
      (event.type === "ack" || event.type === "error") && event.id === id;
    const index = this.#untaken.findIndex(isAnswer);
    if (index >= 0) return this.#untaken.splice(index, 1)[0] as Ack | ErrorEvent;
    const { promise, resolve } = Promise.withResolvers<ServerEvent>();
    this.#waiting.push({ matches: isAnswer, resolve });
    return await before(promise, `an answer to ${frame.type}`) as Ack | ErrorEvent;
  }

  /** A request that must be done. */
  async done(frame: ClientFrameInput): Promise<Ack> {
    const answer = await this.request(frame);
    if (answer.type === "error") {
      throw new Error(`${frame.type} was refused: ${answer.code} ${answer.message}`);
    }
    return answer;
  }

  /** A request that must be refused. */
  async refused(frame: ClientFrameInput): Promise<ErrorEvent> {
    const answer = await this.request(frame);
    if (answer.type === "ack") throw new Error(`${frame.type} was done: ${JSON.stringify(answer)}`);
    return answer;
  }

  async join(roomId: RoomId, afterSeq?: number): Promise<RoomJoined> {
    const id = `j${++this.#ids}`;
    await this.done({ type: "join_room", id, roomId, ...(afterSeq !== undefined && { afterSeq }) });
    return await this.take("room_joined", (event) => event.id === id);
  }

  /** Says something; the answer tells its place. */
  async say(
    roomId: RoomId,
    body: string,
    clientId: string = crypto.randomUUID(),
  ): Promise<Ack & { seq: number }> {
    return await this.done({ type: "send_message", roomId, clientId, body }) as Ack & { seq: number };
  }

  /** Events of a room's log as they came, without those of a snapshot. */
  log(roomId: RoomId): EventOf<"new_message" | "message_edited" | "message_deleted">[] {
    return this.events.filter((event) => "roomId" in event && event.roomId === roomId && "seq" in event)
      .filter((event) =>
        ["new_message", "message_edited", "message_deleted"].includes(event.type)
      ) as ReturnType<
        TestSocket["log"]
      >;
  }

  async close(): Promise<void> {
    this.socket.close();
    await before(this.closed, "the socket's end");
  }

  #receive(events: ServerEvent[]): void {
    this.frames.push(events.length);
    for (const event of events) {
      this.events.push(event);
      const index = this.#waiting.findIndex(({ matches }) => matches(event));
      if (index < 0) this.#untaken.push(event);
      else this.#waiting.splice(index, 1)[0]!.resolve(event);
    }
  }
}

/** A ticket, as the page of this guest asks for one. */
export async function ticketFor(place: Place, { accessToken }: Pick<Guest, "accessToken">): Promise<string> {
  const headers = { authorization: `Bearer ${accessToken}` };
  const response = await fetch(`${place.origin}/api/auth/ws-token`, { method: "POST", headers });
  return (await dataOf<{ token: string; expiresAt: string }>(response)).token;
}

/** Opens a socket with what is given, whether or not that is any good. */
export function openSocket(
  place: Place,
  protocols: string[],
  origin: string | null = place.origin,
): TestSocket {
  const url = `${place.origin.replace(/^http/, "ws")}/ws`;
  return new TestSocket(new Dialer(url, { protocols, headers: origin === null ? {} : { origin } }));
}

/** A guest's socket on a node, welcomed. */
export async function connect(
  place: Place,
  who: Pick<Guest, "accessToken">,
): Promise<TestSocket & { welcome: Welcome }> {
  const ticket = await ticketFor(place, who);
  const socket = openSocket(place, ["parley.v1", `ticket.${ticket}`]);
  const refused = socket.closed.then(({ code }): never => {
    throw new Error(`the socket was refused (${code})`);
  });
  const welcome = await Promise.race([socket.take("welcome"), refused]);
  refused.catch(() => {});
  return Object.assign(socket, { welcome });
}
