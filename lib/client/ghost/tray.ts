/** Files on their way to the next message: sealed, sent, and taken back again when somebody thinks better of it. */
import { ATTACHMENTS_MAX, FILE_MAX_BYTES } from "../../protocol/limits.ts";
import { Listeners } from "../listeners.ts";
import { Refusal } from "../refusal.ts";
import type { GhostAttachment, RoomFiles } from "./files.ts";

export interface TrayItem {
  /** Chosen here: a file has no id before it is in the room. */
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** 0 to 100. */
  percent: number;
  state: "sending" | "ready" | "failed";
  /** Why it failed, fit to show. */
  reason?: string;
  /** Once it is ready. */
  attachment?: GhostAttachment;
}

export interface TrayState {
  items: readonly TrayItem[];
  /** What was not taken, and why. */
  notice?: string;
}

const TOO_MANY = `A message takes ${ATTACHMENTS_MAX} files at most.`;
const TOO_LARGE = "Files may have 10 MB at most.";

export class Tray {
  #state: TrayState = { items: [] };
  #count = 0;
  readonly #stops = new Map<string, AbortController>();
  readonly #changes = new Listeners<TrayState>();

  constructor(readonly files: Pick<RoomFiles, "send">) {}

  get state(): TrayState {
    return this.#state;
  }

  /** Those that are in the room already. */
  get ready(): GhostAttachment[] {
    return this.#state.items.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Some have not got there: a message now would lose them. */
  get busy(): boolean {
    return this.#state.items.some(({ state }) => state !== "ready");
  }

  subscribe(listener: (state: TrayState) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Sends them one beside the other. What is too large, or one too many, is said and left out. */
  add(files: readonly File[]): void {
    const small = files.filter((file) => file.size <= FILE_MAX_BYTES);
    const room = ATTACHMENTS_MAX - this.#state.items.length;
    const notice = small.length > room ? TOO_MANY : small.length < files.length ? TOO_LARGE : undefined;
    const added = small.slice(0, room).map((file) => ({ file, key: `f${++this.#count}` }));
    const items = added.map(({ file: { name, size }, key }): TrayItem => (
      { key, name, size, percent: 0, state: "sending" }
    ));
    this.#become({ items: [...this.#state.items, ...items], notice });
    for (const { file, key } of added) this.#send(key, file);
  }

  /** Takes a file back, wherever it is on its way. */
  remove(key: string): void {
    this.#stops.get(key)?.abort();
    this.#become({ items: this.#state.items.filter((item) => item.key !== key) });
  }

  /** They went out with a message, or nobody wants them any more. */
  empty(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#become({ items: [] });
  }

  async #send(key: string, file: File): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(key, stop);
    const onProgress = (done: number) => this.#change(key, { percent: Math.floor(done * 100) });
    try {
      const attachment = await this.files.send(file, { onProgress, signal: stop.signal });
      const { name, size } = attachment;
      this.#change(key, { state: "ready", percent: 100, attachment, name, size });
    } catch (error) {
      const reason = error instanceof Refusal
        ? error.message
        : error instanceof RangeError
        ? TOO_LARGE
        : "This file could not be read.";
      this.#change(key, { state: "failed", reason });
    } finally {
      this.#stops.delete(key);
    }
  }

  /** Of one that was taken back there is nothing left to change. */
  #change(key: string, change: Partial<TrayItem>): void {
    const { items, notice } = this.#state;
    const at = items.findIndex((item) => item.key === key);
    if (at >= 0) this.#become({ items: items.with(at, { ...items[at]!, ...change }), notice });
  }

  #become(state: TrayState): void {
    this.#state = state;
    this.#changes.tell(state);
  }
}
