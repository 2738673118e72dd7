import type { Attachment, Message, MessageKind } from "./types.ts";

type Named = Pick<Attachment, "name">;
/** What of a message is looked at here. */
export type Said = Pick<Message, "kind" | "body"> & { attachments: readonly Named[] };

/** To be shown where it stands; everything else is there to be saved. */
export function isPicture({ width }: Pick<Attachment, "width">): boolean {
  return width !== undefined;
}

/** What kind of message these files make: of pictures alone, or of files. */
export function kindOf(
  attachments: readonly Pick<Attachment, "width">[],
): Extract<MessageKind, "TEXT" | "IMAGE" | "FILE"> {
  if (attachments.length === 0) return "TEXT";
  return attachments.every(isPicture) ? "IMAGE" : "FILE";
}

/** What stands for the words of a message that has files and says nothing: replies and screen readers need some. */
export function fileNames(attachments: readonly Named[]): string {
  return attachments.map(({ name }) => name).join(", ");
}

/** True when the message says nothing beside its files. */
export function isWordless({ body, attachments }: Pick<Said, "body" | "attachments">): boolean {
  return attachments.length > 0 && body === fileNames(attachments);
}

/** True when its body is what somebody wrote, in our markup: no sticker's id, no files' names, nothing that the house says. */
export function isWritten(message: Said): boolean {
  return message.kind !== "STICKER" && message.kind !== "SYSTEM" && !isWordless(message);
}
