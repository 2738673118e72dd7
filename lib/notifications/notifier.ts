import { arrangeLooks, type Said } from "../../db/queries/notices.ts";
import type { DurableEvent, NewMessage } from "../protocol/events.ts";
import { partsOf, type RoomId } from "../protocol/ids.ts";
import type { Services } from "../services.ts";

/** Milliseconds in which messages are asked about together: one query, whatever is said in however many rooms. */
const GATHER = 250;
/** Milliseconds from a message to the look at who has not read it: time for the pointers of those who are there. */
export const DELAY = 3_000;
/** Milliseconds after which a look that nobody took is one that was lost, with its isolate. */
const STUCK = 60_000;

type NotifierServices = Pick<Services, "sql" | "jobs" | "clock" | "log">;

/**
 * Hears what this isolate has committed, and arranges for the rooms in which somebody may have to be told. Each message is
 * committed by one isolate, so each is asked about once.
 */
export class Notifier {
  #said = new Map<RoomId, Said>();
  /** When the first of them was heard. */
  #since = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> = Promise.resolve();

  constructor(private readonly with_: NotifierServices) {}

  /** Costs the sender nothing but a place in a list. */
  hear(events: readonly DurableEvent[]): void {
    for (const event of events) if (event.type === "new_message") this.#gather(event);
    if (this.#said.size > 0) this.#timer ??= setTimeout(() => this.#ask(), GATHER);
  }

  /** Asks about what was heard last. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#ask();
    await this.#asking;
  }

  #gather({ roomId, seq, message: { author, replyTo }, mentions = [] }: NewMessage): void {
    if (!author) return;
    if (this.#said.size === 0) this.#since = this.with_.clock();
    const said = this.#said.get(roomId);
    const answered = replyTo === undefined ? [] : [partsOf(replyTo).seq];
    if (!said) {
      this.#said.set(roomId, {
        roomId,
        firstSeq: seq,
        lastSeq: seq,
        author: author.id,
        named: [...mentions],
        answered,
      });
      return;
    }
    said.lastSeq = seq;
    if (said.author !== author.id) said.author = null;
    said.named.push(...mentions);
    said.answered.push(...answered);
  }

  #ask(): void {
    this.#timer = undefined;
    const said = [...this.#said.values()];
    if (said.length === 0) return;
    this.#said = new Map();
    const due = new Date(this.#since + DELAY);
    this.#asking = this.#asking.then(() => this.#arrange(said, due)).catch((error) => {
      this.with_.log.error({ error: String(error) }, "notifications cannot be arranged");
    });
  }

  async #arrange(said: Said[], due: Date): Promise<void> {
    const { sql, jobs, clock } = this.with_;
    const rooms = await arrangeLooks(sql, said, { due, stuckBefore: new Date(clock() - STUCK) });
    // An isolate that dies just here leaves a look without its job, which is then found to be stuck.
    await Promise.all(rooms.map((roomId) => jobs.enqueue("tell-room", { roomId }, { runAt: due })));
  }
}
