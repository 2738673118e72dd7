/** Files of a ghost room: sealed here before they leave, and opened here, where the room is encrypted. */
import type { Attachment } from "../../protocol/types.ts";
import { isPicture, openFile, sealFile } from "../sealing/files.ts";
import type { RoomKeys } from "../sealing/key.ts";
import type { SealedAttachment } from "../sealing/messages.ts";
import type { SealedFile } from "../sealing/words.ts";
import { send as sendForm, type Sending } from "../upload.ts";
import type { GhostSessionCalls } from "./calls.ts";
import { cleaned } from "./pictures.ts";

/** A file of a message; pictures of encrypted rooms have a width and height. */
export type GhostAttachment = Attachment & Partial<Pick<SealedFile, "iv" | "width" | "height">>;

export interface RoomFiles {
  /** Puts a file into the room. @throws {Refusal}, or RangeError when it is too large */
  send(file: File, sending: Sending): Promise<GhostAttachment>;
  /** An address of the opened file, good until {@link close}. @throws when it cannot be had or does not open */
  open(attachment: GhostAttachment): Promise<string>;
  /** What I sent, as my message has to describe it. */
  fileOf(id: string): SealedFile | undefined;
  /** Nothing of it is left in the browser's memory. */
  close(): void;
}

/** @param keys of an encrypted room */
export function roomFiles(calls: GhostSessionCalls, token: string, keys: RoomKeys | null): RoomFiles {
  const mine = new Map<string, SealedFile>();
  const opened = new Map<string, Promise<string>>();
  const addresses: string[] = [];
  let closed = false;

  /** The server says under which id it has the file; in plain rooms, also what it made of its name and type. */
  function upload(blob: Blob, name: string, sending: Sending): Promise<Attachment> {
    const form = new FormData();
    form.set("roomToken", token);
    form.set("file", blob, name);
    return sendForm("/api/upload", form, calls.headers, sending);
  }

  async function send(file: File, sending: Sending): Promise<GhostAttachment> {
    const { blob, name, width, height } = await cleaned(file);
    const place = width && height ? { width, height } : {};
    if (!keys) return { ...await upload(blob, name, sending), ...place };
    const sealed = await sealFile(keys, blob);
    const { id } = await upload(sealed.blob, "sealed", sending);
    const attachment: SealedAttachment = {
      ...{ id, iv: sealed.iv, name, type: blob.type, size: blob.size },
      ...place,
      url: addressOf(id),
    };
    mine.set(id, attachment);
    return attachment;
  }

  async function fetchOpen(attachment: GhostAttachment): Promise<string> {
    const fetched = await calls.file(attachment.url);
    const { iv } = attachment;
    // What is no picture must not run in this site's name, whatever it calls itself.
    const type = isPicture(attachment) ? attachment.type : "application/octet-stream";
    const blob = !keys
      ? new Blob([fetched], { type })
      : iv
      ? await openFile(keys, fetched, { ...attachment, iv })
      : null;
    if (!blob || closed) throw new Error("the file does not open");
    const address = URL.createObjectURL(blob);
    addresses.push(address);
    return address;
  }

  const addressOf = (id: string) => `/api/rooms/${token}/files/${id}`;

  return {
    send,
    open(attachment) {
      const known = opened.get(attachment.id);
      if (known) return known;
      const opening = fetchOpen(attachment);
      opened.set(attachment.id, opening);
      // It may work the next time.
      opening.catch(() => opened.delete(attachment.id));
      return opening;
    },
    fileOf: (id) => mine.get(id),
    close() {
      closed = true;
      for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
      opened.clear();
      mine.clear();
    },
  };
}
