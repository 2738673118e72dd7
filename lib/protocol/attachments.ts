import type { Attachment } from "./types.ts";

/** What stands for the words of a message that has files and says nothing: replies and screen readers need some. */
export function fileNames(attachments: readonly Pick<Attachment, "name">[]): string {
  return attachments.map(({ name }) => name).join(", ");
}

/** True when the message says nothing beside its files. */
export function isWordless(
  message: { body: string; attachments: readonly Pick<Attachment, "name">[] },
): boolean {
  return message.attachments.length > 0 && message.body === fileNames(message.attachments);
}
