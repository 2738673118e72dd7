import { Outbox, type OutboxDeps } from "../../lib/client/outbox.ts";
import type { Outgoing } from "../../lib/client/outbox_store.ts";

/**
 * Several outboxes side by side, as many tabs have them. One sends a message after the other's ack; so many send as many at
 * once. With one lane it is the browser's outbox and nothing else.
 */
export class Lanes extends Outbox {
  readonly #lanes: Outbox[];
  #turn = 0;

  constructor(count: number, depsOf: () => OutboxDeps) {
    super(depsOf());
    this.#lanes = Array.from({ length: count }, () => new Outbox(depsOf()));
  }

  override get entries(): readonly Outgoing[] {
    return this.#lanes.flatMap(({ entries }) => entries);
  }

  override subscribe(listener: (entries: readonly Outgoing[]) => void): () => void {
    const stops = this.#lanes.map((lane) => lane.subscribe(() => listener(this.entries)));
    return () => stops.forEach((stop) => stop());
  }

  override add(...message: Parameters<Outbox["add"]>): Outgoing {
    return this.#lanes[this.#turn++ % this.#lanes.length]!.add(...message);
  }

  override resume(): void {
    for (const lane of this.#lanes) lane.resume();
  }

  override pause(): void {
    for (const lane of this.#lanes) lane.pause();
  }

  override retry(clientId: string): void {
    this.#laneOf(clientId)?.retry(clientId);
  }

  override discard(clientId: string): void {
    this.#laneOf(clientId)?.discard(clientId);
  }

  override settle(arrived: (entry: Outgoing) => boolean): void {
    for (const lane of this.#lanes) lane.settle(arrived);
  }

  override close(): void {
    for (const lane of this.#lanes) lane.close();
  }

  #laneOf(clientId: string): Outbox | undefined {
    return this.#lanes.find(({ entries }) => entries.some((entry) => entry.clientId === clientId));
  }
}
