/** People who behave: they talk in pairs all the while, and what is measured is how long each waits for the other. */
import type { ServerEvent } from "../../lib/protocol/events.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { dialAs, frameOf, join } from "../bench/crowd.ts";
import type { Wire } from "../bench/wire.ts";
import { guest } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

/** Milliseconds between two messages of one person, on average: what the limit of a guest allows, times twenty. */
const PAUSE = 320;

export class Pair {
  /** Milliseconds from send to seen, since they were last taken. */
  #waits: number[] = [];
  readonly #onTheirWay = new Map<string, number>();
  readonly #refused: string[] = [];
  #talking = true;
  readonly #talks: Promise<void>[];

  private constructor(readonly roomId: RoomId, private readonly wires: [Wire, Wire]) {
    wires.forEach((wire, index) => wire.received = (payload) => this.#hear(index, payload.toString()));
    this.#talks = wires.map((wire, index) => this.#talk(wire, index));
  }

  static async meet(port: number, roomId: RoomId, name: string): Promise<Pair> {
    const place = { origin: `http://127.0.0.1:${port}` };
    const dial = async (who: string) => {
      const wire = await dialAs(port, await guest(place, { name: `${name} ${who}` }));
      await join(wire, roomId);
      return wire;
    };
    return new Pair(roomId, [await dial("Ann"), await dial("Ben")]);
  }

  /** The waits since the last call. @throws Error when a message was refused */
  take(): number[] {
    if (this.#refused.length > 0) throw new Error(`the pair was refused: ${this.#refused[0]}`);
    const waits = this.#waits;
    this.#waits = [];
    return waits;
  }

  /** Falls silent. @throws Error when a message does not come in the end */
  async part(): Promise<void> {
    this.#talking = false;
    await Promise.all(this.#talks);
    await until(`all that ${this.roomId} said`, () => this.#onTheirWay.size === 0, 30_000);
    for (const wire of this.wires) wire.close();
  }

  async #talk(wire: Wire, index: number): Promise<void> {
    for (let count = 0; this.#talking; count++) {
      const clientId = `${index}-${crypto.randomUUID()}`;
      this.#onTheirWay.set(clientId, performance.now());
      wire.send([frameOf({ type: "send_message", clientId, roomId: this.roomId, body: `Message ${count}` })]);
      await new Promise((done) => setTimeout(done, PAUSE * (0.5 + Math.random())));
    }
  }

  #hear(index: number, text: string): void {
    const now = performance.now();
    for (const event of JSON.parse(text) as ServerEvent[]) {
      if (event.type === "error") this.#refused.push(JSON.stringify(event));
      if (event.type !== "new_message") continue;
      const { clientId } = event.message;
      // Seen when the other has it.
      if (clientId.startsWith(`${index}-`)) continue;
      const sentAt = this.#onTheirWay.get(clientId);
      if (sentAt === undefined || !this.#onTheirWay.delete(clientId)) continue;
      this.#waits.push(now - sentAt);
    }
  }
}
