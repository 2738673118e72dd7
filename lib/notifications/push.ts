import { findMessage } from "../../db/queries/messages.ts";
import { settingsOf } from "../../db/queries/notifications.ts";
import {
  deviceToReach,
  forgetDevice,
  noteReached,
  noteUnreached,
} from "../../db/queries/push_subscriptions.ts";
import { readPointer } from "../../db/queries/reads.ts";
import { findUser } from "../../db/queries/users.ts";
import type { PushTarget } from "../adapters/push/push.ts";
import { encodeBase64Url } from "../base64url.ts";
import { isAppError } from "../errors.ts";
import type { PushNews } from "../jobs/queue.ts";
import type { Work } from "../jobs/work.ts";
import type { PushWords } from "../protocol/forms/notifications.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { RoomInfo } from "../protocol/types.ts";
import { accessRoom } from "../rooms/access.ts";
import type { Services } from "../services.ts";
import { subscriptionPlace } from "./devices.ts";
import { isQuiet } from "./quiet.ts";
import { newsWords } from "./words.ts";

/** Milliseconds after which news is none any more. */
const LATE = 60 * 60_000;
/** Seconds that a push service keeps it for a browser that is away. */
const KEPT_FOR = 24 * 60 * 60;
/** Tries that failed in a row, over several messages. */
const FAILURES_MAX = 50;
/** Bytes of a topic's name: 32 characters of base64url, the most that RFC 8030, 5.4 takes. */
const TOPIC_BYTES = 24;

/** Job: tells one device. What it says is looked up now, so that the queue holds no words and nothing old is told. */
export async function sendPush({ services }: Work, news: PushNews): Promise<void> {
  const { sql, push, vault, clock } = services;
  const at = new Date(clock());
  const { deviceId } = news;
  const device = push && at.getTime() - news.at <= LATE ? await deviceToReach(sql, deviceId, at) : null;
  const found = device && await wordsFor(services, device.userId, news);
  if (!push || !device || !found) return;
  const target: PushTarget = JSON.parse(
    await vault.open(subscriptionPlace(deviceId), device.subscriptionSealed),
  );
  const options = {
    ttl: KEPT_FOR,
    urgency: news.named || found.room.kind === "direct" ? "high" as const : "normal" as const,
    topic: await topicOf(services, device.userId, news.roomId),
  };
  const answer = await push.send(target, JSON.stringify(found.words), options).catch(async (error) => {
    await noteUnreached(sql, deviceId, FAILURES_MAX);
    throw error;
  });
  if (answer === "gone") await forgetDevice(sql, deviceId);
  else await noteReached(sql, deviceId, at);
}

/** Null when there is nothing to be told any more: it was read, or taken back, or is not for them to read now. */
async function wordsFor(
  services: Services,
  userId: UserId,
  { roomId, seq, count }: PushNews,
): Promise<{ room: RoomInfo; words: PushWords } | null> {
  const { sql, clock } = services;
  const room = await readableRoom(services, userId, roomId);
  if (!room || await readPointer(sql, userId, roomId) >= seq) return null;
  const { hideWords, quiet, mutedUntil } = await settingsOf(sql, userId);
  const silent = (mutedUntil?.getTime() ?? 0) > clock() || quiet && isQuiet(quiet, clock());
  const message = await findMessage(sql, roomId, seq);
  const gone = !message || message.deletedAt !== undefined;
  if (silent || !message || gone && count === 1) return null;
  return {
    room,
    words: await newsWords({ room, reader: userId, message, count, hidden: hideWords || gone }),
  };
}

async function readableRoom(
  { sql, rooms }: Services,
  userId: UserId,
  roomId: RoomId,
): Promise<RoomInfo | null> {
  const viewer = await findUser(sql, userId);
  try {
    return viewer && await accessRoom(rooms, viewer, "read", roomId);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** One a reader and room, and nothing that a push service could tell either by. */
async function topicOf({ vault }: Services, userId: UserId, roomId: RoomId): Promise<string> {
  return encodeBase64Url((await vault.index("push topic", `${userId} ${roomId}`)).subarray(0, TOPIC_BYTES));
}
