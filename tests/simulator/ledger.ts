/** What clients were told, message by message, in few bytes each; and what of it cannot be true. */
import type { DurableEvent, MessageChange } from "../../lib/protocol/events.ts";
import { partsOf, type RoomId } from "../../lib/protocol/ids.ts";
import { hash32 } from "./random.ts";
import { Numbers } from "./numbers.ts";

export type Fault =
  | "lost"
  | "twice"
  | "out of order"
  | "gap"
  | "view"
  | "unread"
  | "rights"
  | "crash";

/** Descriptions kept of each sort; the rest is counted. */
const DESCRIBED = 5;
const WRITER = 2 ** 32;

/** The `clientId` of a writer's nth message. */
export function clientIdOf(writer: number, n: number): string {
  return `${writer}.${n}`;
}

/** What an entry of the log is, as a number: positive for a writer's message, negative for anything else. */
export function messageIdentity(clientId: string): number {
  const [writer, n] = clientId.split(".").map(Number);
  return Number.isInteger(writer) && Number.isInteger(n)
    ? (writer! + 1) * WRITER + n!
    : changeIdentity(clientId);
}

/** 52 bits of hash, so that two changes are never taken for each other. */
export function changeIdentity(...parts: (string | number | boolean)[]): number {
  const text = parts.join("|");
  return -((hash32(text) & 0xfffff) * WRITER + hash32(text, 0x9747b28c) + 1);
}

export function identityOf(event: DurableEvent): number {
  if (event.type === "new_message") return messageIdentity(event.message.clientId);
  return changeIdentity(...aboutOf(event));
}

function aboutOf(event: MessageChange): (string | number | boolean)[] {
  const target = partsOf(event.messageId).seq;
  switch (event.type) {
    case "reaction":
      return [event.type, target, event.emoji, event.userId, event.on];
    case "message_pinned":
      return [event.type, target, event.on];
    default:
      return [event.type, target];
  }
}

export class Ledger {
  /** Different messages that were acknowledged. */
  acked = 0;
  /** Changes (edits, deletions, reactions) that were acknowledged. */
  changes = 0;
  /** Log entries that clients were given, over all of them. */
  delivered = 0;
  readonly counts = new Map<Fault, number>();
  readonly descriptions: string[] = [];
  /** A writer's nth message → its seq, 0 for one that was not acknowledged. */
  readonly acks: Numbers[] = [];
  /** Each room's seq → what stands there, as the first client was told who heard of it. */
  readonly orders = new Map<RoomId, Numbers>();

  /** @returns the number of a new writer */
  addWriter(): number {
    return this.acks.push(new Numbers()) - 1;
  }

  acknowledged(clientId: string, roomId: RoomId, seq: number): void {
    const [writer, n] = clientId.split(".").map(Number);
    const known = this.acks[writer!]!.get(n!);
    if (known === 0) {
      this.acks[writer!]!.set(n!, seq);
      this.acked++;
    } else if (known !== seq) {
      this.fault("twice", `message ${clientId} of room ${roomId} was acknowledged at ${known} and at ${seq}`);
    }
    this.#stands(roomId, seq, messageIdentity(clientId), `the ack of ${clientId}`);
  }

  changed(roomId: RoomId, seq: number, identity: number): void {
    this.changes++;
    this.#stands(roomId, seq, identity, "the ack of a change");
  }

  saw(roomId: RoomId, seq: number, identity: number): void {
    this.delivered++;
    this.#stands(roomId, seq, identity, "what a client was given");
  }

  fault(kind: Fault, description: string): void {
    const count = (this.counts.get(kind) ?? 0) + 1;
    this.counts.set(kind, count);
    if (count <= DESCRIBED) this.descriptions.push(`${kind}: ${description}`);
  }

  get good(): boolean {
    return this.counts.size === 0;
  }

  orderOf(roomId: RoomId): Numbers {
    const order = this.orders.get(roomId) ?? new Numbers();
    this.orders.set(roomId, order);
    return order;
  }

  #stands(roomId: RoomId, seq: number, identity: number, source: string): void {
    const order = this.orderOf(roomId);
    const known = order.get(seq);
    if (known === 0) order.set(seq, identity);
    else if (known !== identity) {
      this.fault(
        "out of order",
        `${source} says that ${identity} stands at ${seq} of room ${roomId}, not ${known}`,
      );
    }
  }
}
