import { moveReadPointer, moveReadPointerBack } from "../../db/queries/reads.ts";
import { edit, remove, removePreviews } from "../messages/change.ts";
import { preparePosting } from "../messages/post.ts";
import { pin, react } from "../messages/react.ts";
import type { ClientFrame, FrameOf } from "../protocol/frames.ts";
import { messageIdOf, partsOf } from "../protocol/ids.ts";
import { AppError } from "../errors.ts";
import { accessRoom } from "../rooms/access.ts";
import type { Connection } from "./connection.ts";
import type { Desk } from "./desk.ts";
import { joinRoom, leaveRoom } from "./join.ts";
import type { Posted, Posting, Receipt } from "./publish.ts";

type Handlers = {
  [Type in ClientFrame["type"]]: (desk: Desk, by: Connection, frame: FrameOf<Type>) => void | Promise<void>;
};

/**
 * One handler a frame: call the feature's action, answer. A handler returns when the next frame of the same socket may
 * be looked at; for a send that is when it stands in the writer's queue, not when it is kept.
 */
const handlers: Handlers = {
  join_room: joinRoom,
  leave_room: leaveRoom,

  send_message(desk, by, frame) {
    const posting = preparePosting(desk, by.session.viewer, frame);
    if (posting instanceof Promise) return posting.then((ready) => hand(desk, by, frame, ready));
    hand(desk, by, frame, posting);
  },

  async edit_message(desk, by, frame) {
    const { seq } = await edit(desk, by.session.viewer, frame.messageId, frame.body);
    ack(by, frame, { seq, messageId: frame.messageId });
  },

  async delete_message(desk, by, frame) {
    const { seq } = await remove(desk, by.session.viewer, frame.messageId);
    ack(by, frame, { seq, messageId: frame.messageId });
  },

  async react(desk, by, frame) {
    const event = await react(desk, by.session.viewer, frame);
    ack(by, frame, { messageId: frame.messageId, ...(event && { seq: event.seq }) });
  },

  async pin_message(desk, by, frame) {
    const event = await pin(desk, by.session.viewer, frame);
    ack(by, frame, { messageId: frame.messageId, ...(event && { seq: event.seq }) });
  },

  async remove_previews(desk, by, frame) {
    const event = await removePreviews(desk, by.session.viewer, frame.messageId);
    ack(by, frame, { messageId: frame.messageId, ...(event && { seq: event.seq }) });
  },

  async typing(desk, by, frame) {
    if (!by.rooms.has(frame.roomId)) throw new AppError("FORBIDDEN", { message: "Join the room first." });
    const { viewer } = by.session;
    await accessRoom(desk.rooms, viewer, "send", frame.roomId);
    desk.typing.set(frame.roomId, { id: viewer.id, name: viewer.name }, frame.on);
    ack(by, frame);
  },

  async read(desk, by, frame) {
    await accessRoom(desk.rooms, by.session.viewer, "read", frame.roomId);
    const { id } = by.session.viewer;
    const { seq, passedSome } = await moveReadPointer(desk.sql, id, frame.roomId, frame.seq);
    desk.tellReader(by, frame.roomId, seq);
    // At the head there are no mentions left; anywhere else no list can tell how many there are.
    if (passedSome) desk.listsChanged([id]);
    ack(by, frame, { seq });
  },

  async mark_unread(desk, by, frame) {
    const { roomId, seq } = partsOf(frame.messageId);
    const { id } = by.session.viewer;
    await accessRoom(desk.rooms, by.session.viewer, "read", roomId);
    await moveReadPointerBack(desk.sql, id, roomId, seq - 1);
    desk.listsChanged([id]);
    ack(by, frame, { messageId: frame.messageId });
  },

  async watch_rooms(desk, by, frame) {
    if (by.session.viewer.tier === "ghost") throw new AppError("FORBIDDEN");
    if (frame.on) by.answer({ type: "rooms_watched", rooms: await desk.watch.begin(by) });
    else desk.watch.end(by);
    ack(by, frame);
  },

  async heartbeat(desk, by, frame) {
    await desk.limits.spend("heartbeat", by.session.viewer.id);
    by.away = frame.away ?? false;
    for (const roomId of by.rooms.keys()) {
      desk.presence.setAway(roomId, by.session.viewer.id, by.id, by.away);
    }
    ack(by, frame);
  },
};

type Handler = (desk: Desk, by: Connection, frame: ClientFrame) => void | Promise<void>;

/** Does what a frame asks, at once where nothing has to be waited for. @throws AppError what the asker is told. */
export function handleFrame(desk: Desk, by: Connection, frame: ClientFrame): void | Promise<void> {
  return (handlers[frame.type] as Handler)(desk, by, frame);
}

function hand(desk: Desk, by: Connection, frame: FrameOf<"send_message">, posting: Posting): void {
  desk.typing.set(frame.roomId, posting.author, false);
  desk.publisher.hand(posting, new SendReceipt(by, frame));
}

class SendReceipt implements Receipt {
  constructor(private readonly by: Connection, private readonly frame: FrameOf<"send_message">) {}

  kept({ seq }: Posted): void {
    const { by, frame } = this;
    ack(by, frame, { seq, messageId: messageIdOf(frame.roomId, seq), clientId: frame.clientId });
  }

  refused(error: unknown): void {
    this.by.fail(error, this.frame.id);
  }
}

/** Every frame that was done is told so when it carries an `id`; a send always is. */
function ack(
  by: Connection,
  frame: ClientFrame,
  more: { seq?: number; messageId?: string; clientId?: string } = {},
): void {
  if (frame.id === undefined && more.clientId === undefined) return;
  by.answer(
    { type: "ack", ...(frame.id !== undefined && { id: frame.id }), ...more } as Parameters<
      typeof by.answer
    >[0],
  );
}
