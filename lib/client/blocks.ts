/** Whom I have blocked: their messages fold away on my screen. */
import type { UserId } from "../protocol/ids.ts";
import type { Write } from "./api.ts";
import { Listeners } from "./listeners.ts";

export interface BlocksDeps {
  /** As the page was drawn. */
  ids: readonly UserId[];
  write: Write;
  /** The list as the server has it now. */
  fetchIds: () => Promise<UserId[]>;
}

export class Blocks {
  #ids: ReadonlySet<UserId>;
  /** Changes that the server has not answered yet. */
  #waiting = 0;
  /** Rises when a change begins and when it is answered: a list asked for before that is old. */
  #changed = 0;
  readonly #changes = new Listeners<ReadonlySet<UserId>>();

  constructor(readonly deps: BlocksDeps) {
    this.#ids = new Set(deps.ids);
  }

  /** Another set whenever something has changed. */
  get ids(): ReadonlySet<UserId> {
    return this.#ids;
  }

  subscribe(listener: (ids: ReadonlySet<UserId>) => void): () => void {
    return this.#changes.add(listener);
  }

  /** Holds at once, and is taken back if the server refuses. @throws {Refusal} whose message is fit to show */
  async block(id: UserId): Promise<void> {
    await this.#change(id, true, () => this.deps.write("POST", "/api/me/blocks", { userId: id }));
  }

  /** Holds at once, and is taken back if the server refuses. @throws {Refusal} whose message is fit to show */
  async unblock(id: UserId): Promise<void> {
    await this.#change(id, false, () => this.deps.write("DELETE", `/api/me/blocks/${id}`));
  }

  /** Takes over what was blocked and unblocked on other pages. Without an answer everything stays as it is. */
  async refresh(): Promise<void> {
    const before = this.#changed;
    const ids = await this.deps.fetchIds().catch(() => null);
    if (!ids || this.#waiting > 0 || this.#changed !== before) return;
    if (ids.length !== this.#ids.size || ids.some((id) => !this.#ids.has(id))) this.#set(new Set(ids));
  }

  async #change(id: UserId, blocked: boolean, write: () => Promise<unknown>): Promise<void> {
    if (this.#ids.has(id) === blocked) return;
    this.#mark(id, blocked);
    this.#waiting++;
    this.#changed++;
    try {
      await write();
    } catch (refusal) {
      this.#mark(id, !blocked);
      throw refusal;
    } finally {
      this.#waiting--;
      this.#changed++;
    }
  }

  #mark(id: UserId, blocked: boolean): void {
    const ids = new Set(this.#ids);
    if (blocked) ids.add(id);
    else ids.delete(id);
    this.#set(ids);
  }

  #set(ids: ReadonlySet<UserId>): void {
    this.#ids = ids;
    this.#changes.tell(ids);
  }
}
