import { type RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { ComposerState } from "../../lib/client/composer.ts";
import { browserPage } from "../../lib/client/environment.ts";
import type { OpenRoom } from "../../lib/client/open_room.ts";
import { fitKeyboard, tellTitle, typedAlready } from "../../lib/client/page.ts";
import { firstView, type RoomView as ClientView } from "../../lib/client/room.ts";
import { closedBecause, connectionShown, MessageViews } from "../../lib/client/view_messages.ts";
import { newSince, typistsBeside } from "../../lib/protocol/room_state.ts";
import type { Person, Viewer } from "../../lib/protocol/types.ts";
import type {
  Attaching,
  MessageListProps,
  RoomPageProps,
  RoomViewProps,
  ViewMessage,
} from "../room/props.ts";
import { RoomView } from "../room/RoomView.tsx";
import { useActions } from "./use_actions.ts";
import { useComposer } from "./use_composer.ts";
import { useLatest } from "./use_latest.ts";
import type { RoomRef } from "./use_open_room.ts";
import { usePanes } from "./use_panes.ts";
import { useReaderClock } from "./use_reader_clock.ts";
import { useScroll } from "./use_scroll.ts";

export interface LiveRoomProps extends RoomPageProps, Pick<RoomViewProps, "header" | "rail" | "away"> {
  viewer: Viewer;
  /** Draws the files of a message; the same function at every drawing. */
  files?: MessageListProps["files"];
  /** Where files can be sent. */
  attaching?: Attaching;
  /** Null until it is open: the room then stands as the server drew it. */
  open: OpenRoom | null;
}

/** What the room's parts say now; before they are there, what the server has drawn. */
function useParts({ open, snapshot, blocked }: LiveRoomProps) {
  const chat = useLatest(
    open?.client,
    (client) => client.view,
    () => firstView(snapshot, new Set(blocked)),
  );
  const written = useLatest(
    open?.composer,
    (composer) => composer.state,
    (): ComposerState => ({ text: typedAlready(), mode: { kind: "new" } }),
  );
  return { chat, written };
}

/** The conversation: what is in it, the reader's place, and what can be done with messages. */
function useList(props: LiveRoomProps, ref: RoomRef, chat: ClientView, views: MessageViews) {
  const { open, snapshot } = props;
  const { room, outgoing } = chat;
  const clock = useReaderClock(props.clock);
  const { scroller, content, highlighted, ...scroll } = useScroll(ref, isOnline(chat));
  const { actions, deleting, notice } = useActions(ref, chat.blocked, scroll.jumpTo);
  const messages = useMemo(() => views.of({ room, outgoing }), [room.messages, outgoing]);
  const list = {
    ...{ messages, clock, deleting, highlighted },
    blocked: chat.blocked,
    replied: props.replied,
    // Somebody who was never here did not leave.
    readSeq: snapshot.readSeq || undefined,
    hasOlder: room.hasOlder,
    olderHref: props.olderHref,
    loadingOlder: chat.loadingOlder,
    // Until the room is open there is nothing behind a button: links do the work, as without JavaScript.
    onOlder: open ? scroll.older : undefined,
    announced: [...chat.announced],
    actions: open ? actions : undefined,
    files: props.files,
    scrollRef: scroller,
    contentRef: content,
  };
  return { list, notice, toEnd: scroll.toEnd };
}

/** The field in which messages are written. */
function useField(
  props: LiveRoomProps,
  ref: RoomRef,
  written: ComposerState,
  { toEnd, lastOwn }: { toEnd: () => void; lastOwn: () => ViewMessage | undefined },
) {
  const { action, csrf, clientId, attaching, open } = props;
  const composer = useComposer(ref, written, toEnd, attaching);
  return {
    ...{ action, csrf, clientId, attaching },
    mode: written.mode,
    value: written.text,
    onInput: (text: string) => open?.composer.typed(text),
    onKeyDown: (event: KeyboardEvent) => composer.onKeyDown(event, lastOwn),
    onSubmit: (event: Event) => {
      event.preventDefault();
      composer.submit();
    },
    onCancel: () => open?.composer.cancel(),
    inputRef: composer.input,
  };
}

/** The window around the room: its height above the keyboard, and the number in its title. */
function useWindow(root: RefObject<HTMLDivElement>, unread: number) {
  useEffect(() => root.current ? fitKeyboard(root.current) : undefined, []);
  useEffect(() => tellTitle(unread), [unread]);
}

const isOnline = ({ connection }: ClientView) => connection.phase === "online";

/**
 * A room, live. The views draw it, `lib/client` does the work; here the two are tied together, whatever kind of room it
 * is and by whatever way it was opened.
 */
export function LiveRoom(props: LiveRoomProps) {
  const { viewer, open } = props;
  const ref = useRef(open);
  ref.current = open;
  const { chat, written } = useParts(props);
  const [views] = useState(() => new MessageViews(viewer));
  const { list, notice, toEnd } = useList(props, ref, chat, views);
  const field = useField(props, ref, written, { toEnd, lastOwn: () => views.lastOwn(chat) });
  const panes = usePanes(props);
  const root = useRef<HTMLDivElement>(null);
  const { room, outgoing, blocked } = chat;
  useWindow(root, isOnline(chat) ? newSince(room.messages, room.readSeq, viewer.id, blocked) : 0);
  const closed = closedBecause(chat);
  const said = closed ?? written.notice ?? notice ?? (open ? undefined : props.notice);
  return (
    <RoomView
      {...props}
      pane={panes.pane}
      peopleOpen={panes.peopleOpen}
      onPane={open ? panes.go : undefined}
      onTogglePeople={open ? panes.onTogglePeople : undefined}
      room={room.room}
      closed={room.closed}
      endsSoon={room.endsSoon}
      list={list}
      composer={{ ...field, notice: said, disabled: closed !== null }}
      people={room.people as Person[]}
      online={room.online}
      typing={typistsBeside(room, viewer.id, blocked)}
      connection={open ? connectionShown(chat, browserPage) : "live"}
      waiting={outgoing.filter((entry) => entry.state !== "failed").length}
      unseen={chat.newBelow}
      onUnseenClick={toEnd}
      onReconnect={() => open?.socket.reconnect()}
      rootRef={root}
    />
  );
}
