import type { DurableEvent, RoomActivity } from "../protocol/events.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { loadEmoji } from "../protocol/markdown/emoji.ts";
import { lastWords } from "../protocol/message_words.ts";
import type { Message } from "../protocol/types.ts";
import type { Listener } from "./channel.ts";

/** Milliseconds between two pieces of news from one room: a list of rooms needs no more, however busy they are. */
const NEWS_EVERY = 1_000;

/** A socket that is told what goes on in a room without being in it. */
export interface Watcher extends Listener {
  /** Something said before was changed or taken back: what a list shows of it is to be read again. */
  outdated(): void;
}

/** What a list of rooms shows something of. */
const NEWS: ReadonlySet<DurableEvent["type"]> = new Set(["new_message", "message_edited", "message_deleted"]);

interface News {
  seq: number;
  messages: number;
  last?: Message;
  mentioned: Set<UserId>;
  outdated: boolean;
}

/** Those who only want to know that something happened in a room: one frame a second at most, encoded once for all. */
export class Watchers {
  readonly #watchers = new Set<Watcher>();
  #news: News | null = null;
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
    if (this.#watchers.size === 0 || !NEWS.has(event.type)) return;
    const news = this.#news ??= { seq: 0, messages: 0, mentioned: new Set(), outdated: false };
    news.seq = event.seq;
    if (event.type === "new_message") {
      news.messages++;
      news.last = event.message;
      for (const person of event.mentions ?? []) news.mentioned.add(person);
    } else news.outdated = true;
    this.#timer ??= setTimeout(() => void this.#tell(), Math.max(0, this.#told + NEWS_EVERY - this.now()));
  }

  /** Only the last words of a busy second are read for what they say. */
  async #tell(): Promise<void> {
    const news = this.#news;
    this.#forget();
    if (!news) return;
    this.#told = this.now();
    const { seq, messages, mentioned, outdated } = news;
    const last = news.last && lastWords(news.last, await loadEmoji());
    const activity: RoomActivity = {
      type: "room_activity",
      roomId: this.roomId,
      seq,
      ...(last && { messages, last }),
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
