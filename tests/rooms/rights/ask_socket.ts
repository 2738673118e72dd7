/** What is told to somebody who asks by the socket. */
import type { ClientFrameInput } from "../../../lib/protocol/frames.ts";
import type { MessageId } from "../../../lib/protocol/ids.ts";
import type { Node } from "../../support/node.ts";
import { bearerFetch } from "../../support/rooms.ts";
import { openSocket, type TestSocket } from "../../support/socket.ts";
import type { Person } from "./people.ts";
import { type Asking, signOf } from "./ask_rest.ts";
import type { Wanted } from "./vocabulary.ts";

/** A socket for each person on each node, opened when first wanted. */
export class Sockets {
  readonly #open = new Map<string, Promise<TestSocket | string>>();

  /** @returns why not, as a sign of the table */
  of(node: Node, who: Person | undefined): Promise<TestSocket | string> {
    const key = `${node.origin} ${who?.accessToken}`;
    const opened = this.#open.get(key) ?? open(node, who);
    this.#open.set(key, opened);
    return opened;
  }

  async close(): Promise<void> {
    for (const socket of await Promise.all(this.#open.values())) {
      if (typeof socket !== "string") await socket.close();
    }
  }
}

async function open(node: Node, who: Person | undefined): Promise<TestSocket | string> {
  if (!who) {
    const socket = openSocket(node, ["parley.v1"]);
    await socket.closed;
    return socket.events.length === 0 ? "t" : "a socket without a ticket";
  }
  const answer = await bearerFetch(node, who, "/api/auth/ws-token");
  const { data, error } = await answer.json();
  if (error) return signOf(error.code);
  const socket = openSocket(node, ["parley.v1", `ticket.${data.token}`]);
  await socket.take("welcome");
  return socket;
}

export async function askSocket(sockets: Sockets, wanted: Wanted, asking: Asking): Promise<string> {
  const socket = await sockets.of(asking.node, asking.who);
  if (typeof socket === "string") return socket;
  const ask = ASKED[wanted];
  if (!ask) throw new Error(`nothing asks for ${wanted} by socket`);
  const sign = await ask(socket, asking);
  const { stage } = asking;
  // Whoever may not read must not have been told anything, by whatever event.
  const told = socket.events.splice(0);
  if (!MAY_TELL.has(sign) && JSON.stringify(told).includes(stage.word)) {
    throw new Error("a refused frame was followed by words of the room");
  }
  return sign;
}

const MAY_TELL = new Set(["+", "f", "c"]);

const ASKED: Partial<Record<Wanted, (socket: TestSocket, asking: Asking) => Promise<string>>> = {
  async read(socket, asking) {
    const { stage: { id: roomId, ghost, word } } = asking;
    const frames: ClientFrameInput[] = [
      { type: "join_room", roomId },
      { type: "join_room", roomId, afterSeq: 0 },
      ...ghost ? [{ type: "join_room", roomToken: ghost.token } as const] : [],
    ];
    const signs = new Set<string>();
    for (const frame of frames) {
      socket.events.length = 0;
      const sign = await tell(socket, frame);
      const told = JSON.stringify(socket.events).includes(word);
      signs.add(sign === "+" && !told ? "0" : sign);
      if (sign !== "+" && told) throw new Error("a refused join brought words of the room");
      await socket.request({ type: "leave_room", roomId });
    }
    return [...signs].join(" and ");
  },

  async list(socket, { stage: { id } }) {
    const sign = await tell(socket, { type: "watch_rooms", on: true });
    if (sign !== "+") return sign;
    const { rooms } = await socket.take("rooms_watched");
    await socket.request({ type: "watch_rooms", on: false });
    return rooms.some((room) => room.id === id) ? "+" : "0";
  },

  send: (socket, { stage: { id: roomId, word } }) =>
    tell(socket, { type: "send_message", roomId, clientId: crypto.randomUUID(), body: `${word} said` }),
  "edit-own": (socket, asking) => tell(socket, edit(ownOf(asking), asking)),
  "edit-any": (socket, asking) => tell(socket, edit(anothersOf(asking), asking)),
  "delete-own": (socket, asking) => tell(socket, { type: "delete_message", messageId: ownOf(asking) }),
  "delete-any": (socket, asking) => tell(socket, { type: "delete_message", messageId: anothersOf(asking) }),

  react: (socket, { stage }) => tell(socket, { type: "react", messageId: stage.kept, emoji: "🎉", on: true }),
  pin: (socket, { stage }) => tell(socket, { type: "pin_message", messageId: stage.kept, on: true }),

  async typing(socket, { stage: { id: roomId } }) {
    await socket.request({ type: "join_room", roomId });
    const sign = await tell(socket, { type: "typing", roomId, on: true });
    await socket.request({ type: "leave_room", roomId });
    return sign;
  },

  pointer: (socket, { stage: { id: roomId } }) => tell(socket, { type: "read", roomId, seq: 1 }),
};

async function tell(socket: TestSocket, frame: ClientFrameInput): Promise<string> {
  const answer = await socket.request(frame);
  return answer.type === "ack" ? "+" : signOf(answer.code);
}

function edit(messageId: MessageId, { stage: { word } }: Asking): ClientFrameInput {
  return { type: "edit_message", messageId, body: `${word} changed` };
}

function ownOf({ stage, visitor }: Asking): MessageId {
  return stage.own.get(visitor)!.shift()!;
}

/** One that nobody has touched. */
function anothersOf({ stage }: Asking): MessageId {
  return stage.anothers.shift()!;
}
