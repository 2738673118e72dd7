import type { DurableEvent, RoomActivity } from "../protocol/events.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { LastWords } from "../protocol/types.ts";
import type { Listener } from "./channel.ts";

/** Milliseconds between two pieces of news from one room: a list of rooms needs no more, however busy they are. */
const NEWS_EVERY = 1_000;
/** Characters of the last words: a line in a list shows fewer. */
const WORDS_SHOWN = 200;

/** A socket that is told what goes on in a room without being in it. */
export interface Watcher extends Listener {
  /** Something said before was changed or taken back: what a list shows of it is to be read again. */
  outdated(): void;
}

/** Those who only want to know that something happened in a room: one frame a second at most, encoded once for all. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();
  #news: { seq: number; last?: LastWords; mentioned: Set<UserId>; outdated: boolean } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = -Infinity;

  constructor(private readonly roomId: RoomId, private readonly now: () => number) {}

  get size(): number {
    return this.#watchers.size;
  }

  add(watcher: Watcher): void {
    this.#watchers.add(watcher);
  }

  delete(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size === 0) this.#forget();
  }

  note(event: DurableEvent): void {
    if (this.#watchers.size === 0) return;
    const news = this.#news ??= { seq: 0, mentioned: new Set(), outdated: false };
    news.seq = event.seq;
    if (event.type === "new_message") {
      news.last = wordsOf(event.message);
      for (const person of event.mentions ?? []) news.mentioned.add(person);
    } else news.outdated = true;
    this.#timer ??= setTimeout(() => this.#tell(), Math.max(0, this.#told + NEWS_EVERY - this.now()));
  }

  #tell(): void {
    const news = this.#news;
    this.#forget();
    if (!news) return;
    this.#told = this.now();
    const { seq, last, mentioned, outdated } = news;
    const activity: RoomActivity = {
      type: "room_activity",
      roomId: this.roomId,
      seq,
      ...(last && { last }),
      ...(mentioned.size > 0 && { mentioned: [...mentioned] }),
    };
    const frame = JSON.stringify([activity]);
    for (const watcher of this.#watchers) {
      watcher.deliver(frame);
      if (outdated) watcher.outdated();
    }
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#news = null;
  }
}

function wordsOf(message: Extract<DurableEvent, { type: "new_message" }>["message"]): LastWords {
  const { author, body, createdAt } = message;
  return {
    body: [...body.slice(0, 2 * WORDS_SHOWN)].slice(0, WORDS_SHOWN).join(""),
    at: createdAt,
    ...(author && { author: { id: author.id, name: author.name } }),
  };
}
