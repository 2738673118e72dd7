/** Guests with sockets, and rooms for them. */
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import { HEARTBEAT_SECONDS } from "../../lib/protocol/limits.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { LoungeView } from "../../lib/protocol/types.ts";
import { ticketFor } from "../support/socket.ts";
import { dataOf, type Guest, guest, type Place } from "../support/visitor.ts";
import { before } from "../support/wait.ts";
import { Wire } from "./wire.ts";

/** As long as a line of chat is. */
export const BODY = "This is about as long as what people say to each other in a room, some eighty letters.";

/** A server that speaks Parley's frames. */
export interface Target extends Place {
  pid: number;
  /** Answers a new socket, as one of `people` where the server knows people. */
  dial(person: number): Promise<Wire>;
}

/** The product, with `people` guests who hold its sockets. */
export async function parley(
  port: number,
  pid: number,
  people: number,
): Promise<Target & { guests: Guest[] }> {
  const place = { origin: `http://127.0.0.1:${port}` };
  const guests: Guest[] = [];
  for (let person = 0; person < people; person++) {
    guests.push(await guest(place, { name: `Guest ${person}` }));
  }
  const dial = (person: number) => dialAs(port, guests[person % guests.length]!);
  return { ...place, pid, guests, dial };
}

/** A guest's socket. @param choose looks at the connection before it becomes one */
export async function dialAs(
  port: number,
  who: Guest,
  choose?: (wire: Wire) => Promise<void>,
): Promise<Wire> {
  const ticket = await ticketFor({ origin: `http://127.0.0.1:${port}` }, who);
  return await openAs(port, ticket, choose);
}

/** The socket that a ticket is good for; it sends its heartbeats, as a page does. */
export async function openAs(
  port: number,
  ticket: string,
  choose?: (wire: Wire) => Promise<void>,
): Promise<Wire> {
  const protocols = ["parley.v1", `ticket.${ticket}`];
  const wire = await Wire.open({ host: "127.0.0.1", port, protocols }, choose);
  const beating = setInterval(() => {
    if (wire.closed) clearInterval(beating);
    else wire.send([frameOf({ type: "heartbeat" })]);
  }, HEARTBEAT_SECONDS * 1000);
  Deno.unrefTimer(beating);
  return wire;
}

/** The language rooms that guests may enter, as many as asked for. */
export async function roomsOf(place: Place, count: number): Promise<RoomId[]> {
  const lounges = await dataOf<LoungeView[]>(await fetch(`${place.origin}/api/chatroom/lounges`));
  return lounges.filter(({ ageRating }) => ageRating === "_18PLUS").flatMap(({ rooms }) =>
    rooms.map(({ id }) => id)
  )
    .slice(0, count);
}

export function frameOf(frame: ClientFrameInput): string {
  return JSON.stringify(frame);
}

/** Joins a room and waits until that is done. */
export async function join(wire: Wire, roomId: RoomId): Promise<void> {
  const joined = nextEvent(wire, (event) => event.type === "room_joined");
  wire.send([frameOf({ type: "join_room", id: "join", roomId })]);
  await joined;
}

/** The next event that fits; the socket's events go nowhere else meanwhile. */
export async function nextEvent(wire: Wire, fits: (event: ServerEvent) => boolean): Promise<ServerEvent> {
  const { promise, resolve } = Promise.withResolvers<ServerEvent>();
  wire.received = (payload) => {
    const found = (JSON.parse(payload.toString()) as ServerEvent[]).find(fits);
    if (found) resolve(found);
  };
  try {
    return await before(promise, "an event of the server");
  } finally {
    wire.received = null;
  }
}
