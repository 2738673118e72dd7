import { deleteMessage, editMessage, findMessage } from "../../db/queries/messages.ts";
import { AppError } from "../errors.ts";
import { type MessageId, partsOf } from "../protocol/ids.ts";
import type { DurableEvent } from "../protocol/events.ts";
import { mayChange } from "../protocol/permissions.ts";
import type { Message, Viewer } from "../protocol/types.ts";
import type { Publisher } from "../realtime/publish.ts";
import { accessRoom } from "../rooms/access.ts";
import type { PostServices } from "./post.ts";

type ChangeServices = PostServices & { publisher: Publisher };

/**
 * Replaces the words of one's own message; the former ones are kept for moderators.
 * @throws AppError MESSAGE_NOT_FOUND, FORBIDDEN, RATE_LIMIT_EXCEEDED and those of room access.
 */
export async function edit(
  services: ChangeServices,
  actor: Viewer,
  id: MessageId,
  body: string,
): Promise<DurableEvent> {
  const { roomId, seq } = await accessOwn(services, actor, id);
  return announced(services, await editMessage(services.sql, { roomId, seq, actorId: actor.id, body }));
}

/** Deletes one's own message, leaving its place. @throws as {@link edit} does. */
export async function remove(services: ChangeServices, actor: Viewer, id: MessageId): Promise<DurableEvent> {
  const { roomId, seq } = await accessOwn(services, actor, id);
  return announced(services, await deleteMessage(services.sql, { roomId, seq, actorId: actor.id }));
}

async function accessOwn(
  services: ChangeServices,
  actor: Viewer,
  id: MessageId,
): Promise<ReturnType<typeof partsOf>> {
  const parts = partsOf(id);
  await accessRoom(services.rooms, actor, "send", parts.roomId);
  await services.limits.spend(actor.tier === "guest" ? "guestMessage" : "memberMessage", actor.id);
  const message: Message | null = await findMessage(services.sql, parts.roomId, parts.seq);
  if (!message || message.deletedAt) throw new AppError("MESSAGE_NOT_FOUND");
  if (!mayChange(actor, message)) throw new AppError("FORBIDDEN");
  return parts;
}

function announced(services: ChangeServices, event: DurableEvent | null): DurableEvent {
  // Deleted between our look and our write.
  if (!event) throw new AppError("MESSAGE_NOT_FOUND");
  services.publisher.announce(event);
  return event;
}
