import type { Message, RoomInfo, Viewer } from "../protocol/types.ts";
import { findMessage } from "../../db/queries/messages.ts";
import { Refused } from "../../db/queries/refused.ts";
import { pinMessage, react as writeReaction, TooMany } from "../../db/queries/reactions.ts";
import { AppError } from "../errors.ts";
import type { DurableEvent } from "../protocol/events.ts";
import { type MessageId, partsOf } from "../protocol/ids.ts";
import { PINS_MAX, REACTIONS_MAX } from "../protocol/limits.ts";
import type { Publisher } from "../realtime/publish.ts";
import { accessRoom } from "../rooms/access.ts";
import { type PostServices, spendMessage } from "./post.ts";
import { refusalOf } from "./refused.ts";

type ReactServices = PostServices & { publisher: Publisher };

const FULL_OF_REACTIONS = `A message takes at most ${REACTIONS_MAX} different reactions.`;
const FULL_OF_PINS = `A room has at most ${PINS_MAX} pinned messages. Take one down first.`;

/**
 * Puts an emoji under a message, or takes one's own back. `null` when it was so already.
 * @throws AppError MESSAGE_NOT_FOUND, FORBIDDEN when the message is full, RATE_LIMIT_EXCEEDED and those of room access
 */
export async function react(
  services: ReactServices,
  actor: Viewer,
  { messageId, emoji, on }: { messageId: MessageId; emoji: string; on: boolean },
): Promise<DurableEvent | null> {
  const { room, message } = await standingMessage(services, actor, "react", messageId);
  const change = { roomId: room.id, seq: message.seq, userId: actor.id, emoji, on };
  return await announced(services, writeReaction(services.sql, change), FULL_OF_REACTIONS);
}

/** Keeps a message at hand for the room, or no more. @throws as {@link react} does */
export async function pin(
  services: ReactServices,
  actor: Viewer,
  { messageId, on }: { messageId: MessageId; on: boolean },
): Promise<DurableEvent | null> {
  const { room, message } = await standingMessage(services, actor, "pin", messageId);
  const change = { roomId: room.id, seq: message.seq, userId: actor.id, on };
  return await announced(services, pinMessage(services.sql, change), FULL_OF_PINS);
}

async function standingMessage(
  services: ReactServices,
  actor: Viewer,
  action: "react" | "pin",
  id: MessageId,
): Promise<{ room: RoomInfo; message: Message }> {
  const { roomId, seq } = partsOf(id);
  const room = await accessRoom(services.rooms, actor, action, roomId);
  await spendMessage(services.limits, actor);
  const message = await findMessage(services.sql, roomId, seq);
  if (!message || message.deletedAt) throw new AppError("MESSAGE_NOT_FOUND");
  return { room, message };
}

async function announced(
  services: ReactServices,
  change: Promise<DurableEvent | null>,
  full: string,
): Promise<DurableEvent | null> {
  const event = await change.catch((error) => {
    if (error instanceof TooMany) throw new AppError("FORBIDDEN", { message: full });
    throw error instanceof Refused ? refusalOf(error) : error;
  });
  if (event) services.publisher.announce(event);
  return event;
}
