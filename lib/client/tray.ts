/** Files on their way to the next message: sent, and taken back again when somebody thinks better of it. */
import { ATTACHMENTS_MAX, FILE_MAX_BYTES } from "../protocol/limits.ts";
import type { Attachment } from "../protocol/types.ts";
import { Listeners } from "./listeners.ts";
import { Refusal } from "./refusal.ts";
import type { Sending } from "./upload.ts";

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
  /** It failed, and may well get there the next time. */
  again?: boolean;
  /** A small picture of it, while it is in the tray. */
  preview?: string;
  /** Once it is ready. */
  attachment?: Attachment;
}

export interface TrayState {
  items: readonly TrayItem[];
  /** What was not taken, and why. */
  notice?: string;
}

/** How it stands with all files of the next message. */
export type TrayPhase = "empty" | "sending" | "failed" | "ready";

/** Takes files into the room. */
export interface Uploads {
  /** @throws {Refusal} with words to show, or RangeError when it is too large */
  send(file: File, sending: Sending): Promise<Attachment>;
}

/** Makes small pictures of files, and lets go of them. */
export interface Previews {
  make(file: File): string | undefined;
  forget(address: string): void;
}

const TOO_MANY = `A message takes ${ATTACHMENTS_MAX} files at most.`;
/** What is wrong with the file, or with whom it comes from, will be so the next time too. */
const FOR_GOOD = /^(VALIDATION_FAILED|PAYLOAD_TOO_LARGE|FORBIDDEN|NOT_A_MEMBER|ROOM_\w+)$/;

export class Tray {
  #state: TrayState = { items: [] };
  #count = 0;
  /** By key, as long as they are in the tray: they may have to be sent again. */
  readonly #chosen = new Map<string, File>();
  readonly #stops = new Map<string, AbortController>();
  readonly #changes = new Listeners<TrayState>();

  /** @param maxBytes of one file */
  constructor(
    readonly uploads: Uploads,
    readonly previews?: Previews,
    readonly maxBytes = FILE_MAX_BYTES,
  ) {}

  get state(): TrayState {
    return this.#state;
  }

  /** Those that are in the room already. */
  get ready(): Attachment[] {
    return this.#state.items.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Failed ones come first: a message with one of them goes nowhere, however many are still on their way. */
  get phase(): TrayPhase {
    const has = (state: TrayItem["state"]) => this.#state.items.some((item) => item.state === state);
    return has("failed") ? "failed" : has("sending") ? "sending" : has("ready") ? "ready" : "empty";
  }

  subscribe(listener: (state: TrayState) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Sends them one beside the other. What is too large, or one too many, is said and left out. */
  add(files: readonly File[]): void {
    const small = files.filter((file) => file.size <= this.maxBytes);
    const room = ATTACHMENTS_MAX - this.#state.items.length;
    const notice = small.length > room ? TOO_MANY : small.length < files.length ? this.#tooLarge : undefined;
    const added = small.slice(0, room).map((file) => ({ file, key: `f${++this.#count}` }));
    const items = added.map(({ file, key }): TrayItem => {
      this.#chosen.set(key, file);
      const preview = this.previews?.make(file);
      const { name, size } = file;
      return { key, name, size, percent: 0, state: "sending", ...(preview !== undefined && { preview }) };
    });
    this.#become({ items: [...this.#state.items, ...items], notice });
    for (const { key } of added) this.#send(key);
  }

  /** Sends a file once more that did not get there. */
  retry(key: string): void {
    const failed = this.#state.items.find((item) => item.key === key)?.state === "failed";
    if (!failed) return;
    this.#become({ items: this.#state.items });
    this.#change(key, { state: "sending", percent: 0, reason: undefined, again: undefined });
    this.#send(key);
  }

  /** Takes a file back, wherever it is on its way. */
  remove(key: string): void {
    this.#stops.get(key)?.abort();
    this.#forget(this.#state.items.filter((item) => item.key === key));
    this.#become({ items: this.#state.items.filter((item) => item.key !== key) });
  }

  /** They went out with a message, or nobody wants them any more. */
  empty(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#forget(this.#state.items);
    this.#become({ items: [] });
  }

  /** Tells something above the files. */
  say(notice: string): void {
    this.#become({ ...this.#state, notice });
  }

  get #tooLarge(): string {
    return `Files may have ${Math.floor(this.maxBytes / 1024 / 1024)} MB at most.`;
  }

  #forget(items: readonly TrayItem[]): void {
    for (const { key, preview } of items) {
      this.#chosen.delete(key);
      if (preview !== undefined) this.previews?.forget(preview);
    }
  }

  async #send(key: string): Promise<void> {
    const file = this.#chosen.get(key);
    if (!file) return;
    const stop = new AbortController();
    this.#stops.set(key, stop);
    const onProgress = (done: number) => this.#change(key, { percent: Math.floor(done * 100) });
    try {
      const attachment = await this.uploads.send(file, { onProgress, signal: stop.signal });
      const { name, size } = attachment;
      this.#change(key, { state: "ready", percent: 100, attachment, name, size });
    } catch (error) {
      this.#change(key, { state: "failed", ...this.#why(error) });
    } finally {
      this.#stops.delete(key);
    }
  }

  #why(error: unknown): Pick<TrayItem, "reason" | "again"> {
    if (error instanceof Refusal) return { reason: error.message, again: !FOR_GOOD.test(error.code) };
    return { reason: error instanceof RangeError ? this.#tooLarge : "This file could not be read." };
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
