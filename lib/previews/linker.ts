import { noteLinks } from "../../db/queries/message_links.ts";
import type { DurableEvent } from "../protocol/events.ts";
import { partsOf, type RoomId } from "../protocol/ids.ts";
import { linksIn, mayHaveLinks } from "../protocol/markdown/links.ts";
import type { Services } from "../services.ts";
import { addressesOf } from "./address.ts";
import { askForPreviews } from "./ask.ts";
import { previewTimes } from "./show.ts";

/** Messages that wait; those past that get no previews. */
const QUEUE_MAX = 500;

type LinkerServices = Pick<Services, "sql" | "jobs" | "limits" | "clock" | "web" | "log" | "realtime">;

interface Said {
  roomId: RoomId;
  seq: number;
  body: string;
}

/**
 * Hears what this isolate has committed, and sees to the previews of it: writes down which links a message has, shows what
 * is known of them, and has the rest fetched. Each message is committed by one isolate, so each is seen to once.
 */
export class Linker {
  #said: Said[] = [];
  #working: Promise<void> | null = null;

  constructor(private readonly with_: LinkerServices) {}

  /** Costs the sender nothing but a place in a list, and that only for words that may hold a link. */
  hear(events: readonly DurableEvent[]): void {
    for (const event of events) {
      const said = saidIn(event);
      if (said && this.#said.length < QUEUE_MAX) this.#said.push(said);
    }
    if (this.#said.length > 0) this.#working ??= Promise.resolve().then(() => this.#work());
  }

  /** Resolves when all that was heard has been seen to. */
  async close(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    for (let said = this.#said.shift(); said; said = this.#said.shift()) {
      try {
        await this.#seeTo(said);
      } catch (error) {
        this.with_.log.error({ error: String(error) }, "a message's links cannot be seen to");
      }
    }
    this.#working = null;
  }

  async #seeTo({ body, ...place }: Said): Promise<void> {
    const { sql, realtime } = this.with_;
    const links = linksIn(body);
    const hashes = addressesOf(this.with_, links).map(({ urlHash }) => urlHash);
    const noted = await noteLinks(sql, { ...place, body, hashes }, previewTimes(this.with_));
    if (noted?.event) realtime.announce(noted.event);
    if (noted?.author) await askForPreviews(this.with_, noted.author, links);
  }
}

/** Edits count also without a link: there may have been one. */
function saidIn(event: DurableEvent): Said | null {
  const { roomId } = event;
  if (event.type === "message_edited") {
    return { roomId, seq: partsOf(event.messageId).seq, body: event.body };
  }
  if (event.type !== "new_message" || !mayHaveLinks(event.message.body)) return null;
  return { roomId, seq: event.seq, body: event.message.body };
}
