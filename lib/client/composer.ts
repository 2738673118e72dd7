/** What is being written: a new message, an answer, or a change to an old one. */
import { MESSAGE_MAX_CHARACTERS } from "../protocol/limits.ts";
import { fileNames, isWordless } from "../protocol/attachments.ts";
import type { MessageId, RoomId } from "../protocol/ids.ts";
import type { StickerId } from "../protocol/stickers.ts";
import type { Attachment } from "../protocol/types.ts";
import type { Drafts } from "./drafts.ts";
import { Listeners } from "./listeners.ts";
import { asRefusal } from "./refusal.ts";
import type { RoomClient } from "./room.ts";
import type { ViewMessage } from "./view_messages.ts";

export type ComposerMode =
  | { kind: "new" }
  | { kind: "reply"; to: ViewMessage }
  | { kind: "edit"; message: ViewMessage };

export interface ComposerState {
  text: string;
  mode: ComposerMode;
  /** Why the last edit was not taken, fit to show. */
  notice?: string;
}

/** The part of a keyboard event that decides. */
export type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "isComposing">;
export type KeyMeaning = "send" | "edit-last" | "cancel" | null;

/**
 * What a key means in the composer. Enter sends and Shift+Enter breaks; where the keyboard is on the screen (`touch`)
 * Enter breaks and the button sends. While an input method composes, every key is its own.
 */
export function meaningOf(key: Key, state: ComposerState, touch: boolean): KeyMeaning {
  if (key.isComposing || key.altKey) return null;
  if (key.key === "Enter") {
    if (key.ctrlKey || key.metaKey) return "send";
    return key.shiftKey || touch ? null : "send";
  }
  // With nothing to leave it is for whatever else is open.
  if (key.key === "Escape") return state.mode.kind === "new" ? null : "cancel";
  if (key.key === "ArrowUp" && state.text === "" && state.mode.kind === "new" && !key.shiftKey) {
    return "edit-last";
  }
  return null;
}

/** What files are called is nothing that somebody wrote. */
function wordsToChange(message: ViewMessage): string {
  return isWordless(message) ? "" : message.body;
}

export type ComposerRoom = Pick<RoomClient, "send" | "edit" | "typing">;

export class Composer {
  #state: ComposerState;
  /** What stood in the field before an edit took it. */
  #aside = "";
  readonly #changes = new Listeners<ComposerState>();
  readonly #stopDrafts: () => void;

  /** @param typed what is in the field already: somebody wrote before the script was there */
  constructor(readonly room: ComposerRoom, readonly roomId: RoomId, readonly drafts: Drafts, typed: string) {
    this.#state = { text: typed || drafts.read(roomId), mode: { kind: "new" } };
    this.#stopDrafts = drafts.watch(roomId, (text) => this.#writtenElsewhere(text));
  }

  /** The page goes; the draft stays. */
  close(): void {
    this.#stopDrafts();
  }

  get state(): ComposerState {
    return this.#state;
  }

  subscribe(listener: (state: ComposerState) => void): () => void {
    return this.#changes.add(listener);
  }

  typed(text: string): void {
    this.#become({ ...this.#state, text, notice: undefined });
    this.room.typing.typed(text);
  }

  reply(to: ViewMessage): void {
    const text = this.#state.mode.kind === "edit" ? this.#aside : this.#state.text;
    this.#become({ text, mode: { kind: "reply", to } });
  }

  edit(message: ViewMessage): void {
    if (this.#state.mode.kind !== "edit") this.#aside = this.#state.text;
    this.#become({ text: wordsToChange(message), mode: { kind: "edit", message } });
  }

  /** Back to a new message; what was written before an edit is there again. */
  cancel(): void {
    const text = this.#state.mode.kind === "edit" ? this.#aside : this.#state.text;
    this.#become({ text, mode: { kind: "new" } });
  }

  /**
   * Sends what is written, or saves the edit.
   * @param attachments files that go with a new message, which then needs no words
   * @returns whether a message went on its way
   */
  async submit(attachments: readonly Attachment[] = []): Promise<boolean> {
    const { text, mode } = this.#state;
    const body = text.trimEnd();
    if ([...body].length > MESSAGE_MAX_CHARACTERS) return false;
    if (mode.kind === "edit") {
      // The words of a message with files may all go: then the files' names stand for them, as in a new one.
      await this.#save(mode.message, body || fileNames(mode.message.attachments));
      return false;
    }
    if (body === "" && attachments.length === 0) return false;
    const replyTo: MessageId | undefined = mode.kind === "reply" ? mode.to.id : undefined;
    this.#become({ text: "", mode: { kind: "new" } });
    this.room.send(body || fileNames(attachments), replyTo, attachments);
    return true;
  }

  /** Sends a sticker at once, beside what is written. A message that is being changed cannot become one. */
  sticker(id: StickerId): void {
    const { text, mode } = this.#state;
    if (mode.kind === "edit") return;
    this.#become({ text, mode: { kind: "new" } });
    this.room.send(id, mode.kind === "reply" ? mode.to.id : undefined, [], "STICKER");
  }

  /** One draft a room, whatever the tab: what was sent from there is not to be sent from here too. */
  #writtenElsewhere(text: string): void {
    if (this.#state.mode.kind === "edit") this.#aside = text;
    else this.#changes.tell(this.#state = { ...this.#state, text });
  }

  async #save(message: ViewMessage, body: string): Promise<void> {
    if (body === "") return;
    if (body === message.body) return this.cancel();
    const saving = this.#state;
    try {
      await this.room.edit(message.id, body);
      if (this.#state === saving) this.cancel();
    } catch (error) {
      this.#become({ ...this.#state, notice: asRefusal(error).message });
    }
  }

  /** A draft is what a new message or an answer would say; an edit's text belongs to its message. */
  #become(state: ComposerState): void {
    this.#state = state;
    this.drafts.write(this.roomId, state.mode.kind === "edit" ? this.#aside : state.text);
    this.#changes.tell(state);
  }
}
