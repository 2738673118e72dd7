/**
 * What is said in an encrypted room, on its way in and out. Opening never throws and never lets anything through that
 * was not sealed by somebody with the key: such a message stands there as unreadable, and the room goes on.
 */
import type { MessageEdited, ServerEvent } from "../../protocol/events.ts";
import type { ClientFrameInput } from "../../protocol/frames.ts";
import type { MessageId } from "../../protocol/ids.ts";
import type { Attachment, HistoryPage, Message } from "../../protocol/types.ts";
import { Refusal } from "../refusal.ts";
import { openWords, type Place, sealWords } from "./cipher.ts";
import type { RoomKeys } from "./key.ts";
import type { SealedFile } from "./words.ts";

/** What stands in place of words that could not be opened. */
export const UNREADABLE = "This message could not be opened.";

/** A file of an opened message: the address gives its ciphertext, the rest what is needed to open and show it. */
export type SealedAttachment = Attachment & SealedFile;

export interface SealedMessagesDeps {
  keys: RoomKeys;
  /** My own name in the room. */
  author: string;
  /** A file that I have put into the room. */
  fileOf?: (id: string) => SealedFile | undefined;
}

/** True for a message whose words could not be opened. */
export function isUnreadable(message: Pick<Message, "body">): boolean {
  return message.body === UNREADABLE;
}

type Seen = Place & { files: readonly SealedFile[] };

export class SealedMessages {
  /** Who said what where: an edit opens only as part of the message it changes. */
  readonly #seen = new Map<MessageId, Seen>();
  /** Edits of messages that were not seen yet: opened when history brings those. */
  readonly #early = new Map<MessageId, MessageEdited>();

  constructor(readonly deps: SealedMessagesDeps) {}

  /**
   * The frame as it may leave the browser.
   * @throws {Refusal} MESSAGE_NOT_FOUND for an edit of a message that was never seen here
   * @throws {RangeError} for a text of more than 2,000 characters
   */
  async seal(frame: ClientFrameInput): Promise<ClientFrameInput> {
    if (frame.type === "send_message") {
      const { clientId, replyTo, body, attachments = [] } = frame;
      const files = attachments.flatMap((id) => this.deps.fileOf?.(id) ?? []);
      return {
        ...frame,
        body: await this.#sealed({ clientId, author: this.deps.author, replyTo }, body, files),
      };
    }
    if (frame.type !== "edit_message") return frame;
    const seen = this.#seen.get(frame.messageId as MessageId);
    if (!seen) throw new Refusal("MESSAGE_NOT_FOUND", "That message is not on this page any more.");
    return { ...frame, body: await this.#sealed(seen, frame.body, seen.files) };
  }

  /** Opens the events of one frame, keeping their order. Must be called in the order in which frames arrive. */
  open(events: readonly ServerEvent[]): Promise<ServerEvent[]> {
    // All that follows runs up to its first opening at once, so that what is seen is known to what comes next.
    return Promise.all(events.map((event) => this.#event(event)));
  }

  async openPage(page: HistoryPage): Promise<HistoryPage> {
    return { ...page, messages: await this.#messages(page.messages) };
  }

  async #event(event: ServerEvent): Promise<ServerEvent> {
    switch (event.type) {
      case "new_message":
        return { ...event, message: await this.#message(event.message) };
      case "room_joined":
        return { ...event, messages: await this.#messages(event.messages) };
      case "message_edited":
        return await this.#edit(event);
      default:
        return event;
    }
  }

  #messages(messages: readonly Message[]): Promise<Message[]> {
    return Promise.all(messages.map((message) => this.#message(message)));
  }

  async #message(sent: Message): Promise<Message> {
    // What the house itself says stands in nobody's name, and is no secret to it.
    if (sent.kind === "SYSTEM" && sent.author === null) return sent;
    const { clientId, replyTo, author } = sent;
    const seen: Seen = { clientId, author: author?.name ?? "", replyTo, files: [] };
    this.#seen.set(sent.id, seen);
    if (sent.deletedAt) return { ...sent, body: "", attachments: [] };
    const message = this.#withEarlyEdit(sent);
    const words = await openWords(this.deps.keys, seen, message.body);
    if (!words) return { ...message, kind: "TEXT", body: UNREADABLE, attachments: [] };
    seen.files = words.files;
    return { ...message, body: words.text, attachments: words.files.map((file) => this.#attachment(file)) };
  }

  async #edit(event: MessageEdited): Promise<MessageEdited> {
    const seen = this.#seen.get(event.messageId);
    if (seen) {
      const words = await openWords(this.deps.keys, seen, event.body);
      return { ...event, body: words?.text ?? UNREADABLE };
    }
    this.#early.set(event.messageId, event);
    // Takes its place in the log and gives way to any edit its message comes with: see `amend`.
    return { ...event, body: UNREADABLE, editedAt: "" };
  }

  /** A page of history that was read before an edit may come after it. */
  #withEarlyEdit(message: Message): Message {
    const edit = this.#early.get(message.id);
    this.#early.delete(message.id);
    if (!edit || (message.editedAt ?? "") > edit.editedAt) return message;
    return { ...message, body: edit.body, editedAt: edit.editedAt };
  }

  #sealed(place: Place, text: string, files: readonly SealedFile[]): Promise<string> {
    return sealWords(this.deps.keys, place, { text, files });
  }

  #attachment(file: SealedFile): SealedAttachment {
    return { ...file, url: `/api/rooms/${this.deps.keys.token}/files/${file.id}` };
  }
}
