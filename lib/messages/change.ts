import { hidePreviews } from "../../db/queries/message_links.ts";
import { deleteMessage, editMessage, findMessage } from "../../db/queries/messages.ts";
import { Refused } from "../../db/queries/refused.ts";
import { AppError } from "../errors.ts";
import { type MessageId, partsOf } from "../protocol/ids.ts";
import type { DurableEvent } from "../protocol/events.ts";
import { mayChange } from "../protocol/permissions.ts";
import type { Message, RoomInfo, Viewer } from "../protocol/types.ts";
import type { Publisher } from "../realtime/publish.ts";
import { accessRoom } from "../rooms/access.ts";
import { demandFitting } from "./body.ts";
import { type PostServices, spendMessage } from "./post.ts";
import { refusalOf } from "./refused.ts";

type ChangeServices = PostServices & { publisher: Publisher };

/**
 * Replaces the words of one's own message; the former ones are kept for moderators.
 * @throws AppError MESSAGE_NOT_FOUND, FORBIDDEN, RATE_LIMIT_EXCEEDED, VALIDATION_FAILED and those of room access.
 */
export async function edit(
  services: ChangeServices,
  actor: Viewer,
  id: MessageId,
  body: string,
): Promise<DurableEvent> {
  const { room, message } = await accessMessage(services, actor, id, "own");
  if (message.kind === "STICKER") {
    throw new AppError("FORBIDDEN", { message: "A sticker cannot be changed." });
  }
  demandFitting(room, body);
  const { seq } = message;
  return announced(services, editMessage(services.sql, { roomId: room.id, seq, actorId: actor.id, body }));
}

/** Deletes one's own message, or as a moderator anybody's, leaving its place. @throws as {@link edit} does. */
export async function remove(services: ChangeServices, actor: Viewer, id: MessageId): Promise<DurableEvent> {
  const { room, message: { seq } } = await accessMessage(services, actor, id, "any");
  return announced(services, deleteMessage(services.sql, { roomId: room.id, seq, actorId: actor.id }));
}

/**
 * Takes the previews off one's own message, or as a moderator off anybody's. They stay away. `null` when it shows none.
 * @throws as {@link edit} does.
 */
export async function removePreviews(
  services: ChangeServices,
  actor: Viewer,
  id: MessageId,
): Promise<DurableEvent | null> {
  const { room, message: { seq } } = await accessMessage(services, actor, id, "any");
  return await written(services, hidePreviews(services.sql, { roomId: room.id, seq, actorId: actor.id }));
}

/** A message that the actor may change: their own, or, where it is `any`, one of a room in which they keep order. */
async function accessMessage(
  services: ChangeServices,
  actor: Viewer,
  id: MessageId,
  whose: "own" | "any",
): Promise<{ room: RoomInfo; message: Message }> {
  const { roomId, seq } = partsOf(id);
  const message = await findMessage(services.sql, roomId, seq);
  const own = message?.author?.id === actor.id;
  // Whether a message is there is not for those to learn who may not see it. One's own words can be taken back wherever
  // they can be read, also from somebody who has blocked one.
  const action = !message || whose === "own" ? "send" : own ? "read" : "delete_any";
  const room = await accessRoom(services.rooms, actor, action, roomId);
  await spendMessage(services.limits, actor);
  if (!message || message.deletedAt) throw new AppError("MESSAGE_NOT_FOUND");
  if (action !== "delete_any" && !mayChange(actor, message)) throw new AppError("FORBIDDEN");
  return { room, message };
}

async function announced(
  services: ChangeServices,
  change: Promise<DurableEvent | null>,
): Promise<DurableEvent> {
  const event = await written(services, change);
  // Deleted between our look and our write.
  if (!event) throw new AppError("MESSAGE_NOT_FOUND");
  return event;
}

async function written(
  services: ChangeServices,
  change: Promise<DurableEvent | null>,
): Promise<DurableEvent | null> {
  const event = await change.catch((error) => {
    throw error instanceof Refused ? refusalOf(error) : error;
  });
  if (event) services.publisher.announce(event);
  return event;
}
