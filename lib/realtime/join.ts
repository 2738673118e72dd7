import { AppError } from "../errors.ts";
import { resumeAfter } from "../../db/queries/events.ts";
import { pageWithHead } from "../../db/queries/messages.ts";
import { readPointer } from "../../db/queries/reads.ts";
import type { DurableEvent, RoomJoined, ServerEvent } from "../protocol/events.ts";
import type { FrameOf } from "../protocol/frames.ts";
import type { RoomId, UserId } from "../protocol/ids.ts";
import { HISTORY_PAGE, RESUME_MAX_DAYS, RESUME_MAX_EVENTS } from "../protocol/limits.ts";
import { accessRoom } from "../rooms/access.ts";
import { claimPlace } from "../rooms/ghosts/places.ts";
import { roomOfToken } from "../rooms/ghosts/tokens.ts";
import type { Message } from "../protocol/types.ts";
import type { Connection } from "./connection.ts";
import type { Desk } from "./desk.ts";

/** What a joining client is given before it goes live. */
interface Snapshot {
  headSeq: number;
  messages: Message[];
  hasOlder: boolean;
  /** What it missed, when it resumes. */
  missed?: DurableEvent[];
  /** It asked to resume. */
  resumed?: ServerEvent;
}

/**
 * Subscribe first, then read the snapshot, then give what came between: so nothing falls between snapshot and stream,
 * and nothing comes twice.
 */
export async function joinRoom(desk: Desk, by: Connection, frame: FrameOf<"join_room">): Promise<void> {
  const { viewer } = by.session;
  const roomId = frame.roomId ?? await roomOfToken(desk, frame.roomToken!);
  if (viewer.room === roomId) await claimPlace(desk, viewer);
  await accessRoom(desk.rooms, viewer, "read", roomId);
  const channel = await desk.hub.attach(roomId, by);
  try {
    const [snapshot, readSeq] = await Promise.all([
      frame.afterSeq === undefined
        ? page(desk, roomId, viewer.id)
        : resume(desk, roomId, viewer.id, frame.afterSeq),
      readPointer(desk.sql, viewer.id, roomId),
      desk.presence.enter(roomId, viewer, by.id),
    ]);
    // The snapshot may be ahead of what this isolate has delivered; then the stream must get there first.
    desk.hub.heard([[roomId, snapshot.headSeq]]);
    if (channel.behind) await desk.hub.catchUp();
    if (!by.open) return abandon(desk, by, roomId, channel);
    desk.connections.enter(by, roomId, channel);
    // From here on whoever takes rights away finds this socket; who did so before is found by asking once more.
    const room = await accessRoom(desk.rooms, viewer, "read", roomId);
    if (by.rooms.get(roomId) !== channel) throw new AppError("NOT_A_MEMBER");
    desk.endings.watch(room);
    const since = channel.promote(by, snapshot.headSeq);
    const { online, people } = desk.presence.snapshot(roomId, viewer);
    const joined: RoomJoined = {
      type: "room_joined",
      roomId,
      ...(frame.id !== undefined && { id: frame.id }),
      room,
      headSeq: snapshot.headSeq,
      readSeq,
      messages: snapshot.messages,
      hasOlder: snapshot.hasOlder,
      members: people,
      presence: { online },
      ...(snapshot.missed && { resumed: true }),
    };
    const before = [...(snapshot.resumed ? [snapshot.resumed] : []), ...(snapshot.missed ?? [])];
    by.answer(...before, joined, ...since);
    if (frame.id !== undefined) by.answer({ type: "ack", id: frame.id, seq: snapshot.headSeq });
    by.flush();
  } catch (error) {
    abandon(desk, by, roomId, channel);
    throw error;
  }
}

export function leaveRoom(desk: Desk, by: Connection, frame: FrameOf<"leave_room">): Promise<void> {
  const channel = by.rooms.get(frame.roomId);
  if (channel) abandon(desk, by, frame.roomId, channel);
  by.answer({ type: "room_left", roomId: frame.roomId, ...(frame.id !== undefined && { id: frame.id }) });
  if (frame.id !== undefined) by.answer({ type: "ack", id: frame.id });
  return Promise.resolve();
}

/** Takes a socket out of a room. */
export function abandon(
  desk: Desk,
  by: Connection,
  roomId: RoomId,
  channel: Parameters<Desk["hub"]["detach"]>[0],
): void {
  desk.connections.leave(by, roomId);
  desk.hub.detach(channel, by);
  const { viewer } = by.session;
  desk.presence.leave(roomId, viewer.id, by.id);
  desk.typing.set(roomId, { id: viewer.id, name: viewer.name }, false);
}

function page(desk: Desk, roomId: RoomId, reader: UserId): Promise<Snapshot> {
  return pageWithHead(desk.sql, roomId, { reader, limit: HISTORY_PAGE });
}

async function resume(desk: Desk, roomId: RoomId, reader: UserId, afterSeq: number): Promise<Snapshot> {
  const caps = { reader, maxEvents: RESUME_MAX_EVENTS, maxDays: RESUME_MAX_DAYS };
  const { complete, headSeq, events } = await resumeAfter(desk.sql, roomId, afterSeq, caps);
  const toSeq = headSeq;
  const resumed: ServerEvent = { type: "resumed", roomId, fromSeq: afterSeq, toSeq, complete };
  if (complete) return { headSeq, messages: [], hasOlder: false, missed: events, resumed };
  return { ...await page(desk, roomId, reader), resumed };
}

/** Takes a socket that has closed out of every room it was in. */
export function leaveAll(desk: Desk, by: Connection): void {
  for (const [roomId, channel] of [...by.rooms]) abandon(desk, by, roomId, channel);
}
