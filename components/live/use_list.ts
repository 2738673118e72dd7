import { useMemo } from "preact/hooks";
import { shown } from "../../lib/protocol/history.ts";
import type { RoomView as ClientView } from "../../lib/client/room.ts";
import type { MessageViews } from "../../lib/client/view_messages.ts";
import type { LiveRoomProps } from "./LiveRoom.tsx";
import { useAcquaintance } from "./use_acquaintance.ts";
import { useActions } from "./use_actions.ts";
import type { RoomRef } from "./use_open_room.ts";
import type { useOverlay } from "./use_overlay.ts";
import { useReaderClock } from "./use_reader_clock.ts";
import { useScroll } from "./use_scroll.tsx";
import type { useSide } from "./use_side.ts";

export type List = ReturnType<typeof useList>["list"];

export const isOnline = ({ connection }: ClientView) => connection.phase === "online";

/** The conversation: what is in it, the reader's place, and what can be done with messages. */
export function useList(
  props: LiveRoomProps,
  ref: RoomRef,
  chat: ClientView,
  { views, over, side }: {
    views: MessageViews;
    over: ReturnType<typeof useOverlay>;
    side: ReturnType<typeof useSide>;
  },
) {
  const { open, snapshot, viewer, rights } = props;
  const { room, outgoing, blocked } = chat;
  const clock = useReaderClock(props.clock);
  const { scroller, content, drawRows, highlighted, ...scroll } = useScroll(ref, isOnline(chat), props);
  const { actions, deleting, reacting, notice } = useActions(ref, {
    ...{ rights, blocked, me: viewer.id, jumpTo: scroll.jumpTo },
    encrypted: room.room.encrypted === true,
    onOverlay: over.open,
    onSide: side.show,
  });
  const messages = useMemo(() => views.of({ room, outgoing }), [room.messages, room.past, outgoing]);
  const list = {
    ...{ messages, clock, deleting, highlighted, blocked, reacting },
    ...useAcquaintance(props, shown(room).messages, room.people),
    replied: props.replied,
    keepsOrder: rights?.keepOrder,
    opened: over.overlay?.id,
    sought: props.lit,
    // Somebody who was never here did not leave.
    readSeq: snapshot.readSeq || undefined,
    hasOlder: shown(room).hasOlder,
    olderHref: props.olderHref,
    newestHref: room.past && !open ? props.path : undefined,
    loadingOlder: chat.loadingOlder,
    loadingNewer: chat.loadingNewer,
    // Until the room is open there is nothing behind a button: links do the work, as without JavaScript.
    onOlder: open ? scroll.older : undefined,
    announced: [...chat.announced],
    actions: open ? actions : undefined,
    files: props.files,
    drawRows,
    scrollRef: scroller,
    contentRef: content,
  };
  return { list, notice, toEnd: scroll.toEnd, far: scroll.far || room.past !== null };
}
