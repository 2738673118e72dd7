import { type RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ComposerState } from "../../lib/client/composer.ts";
import { browserPage } from "../../lib/client/environment.ts";
import type { OpenRoom } from "../../lib/client/open_room.ts";
import { fitKeyboard, tellTitle, typedAlready } from "../../lib/client/page.ts";
import { firstView } from "../../lib/client/room.ts";
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
import { useDrop } from "./files/use_drop.ts";
import { overlayOf, sideOf } from "./beside.tsx";
import { useComposer } from "./use_composer.ts";
import { useHelp } from "./use_help.tsx";
import { useLatest } from "./use_latest.ts";
import type { RoomRef } from "./use_open_room.ts";
import { isOnline, useList } from "./use_list.ts";
import { useOverlay } from "./use_overlay.ts";
import { usePanes } from "./use_panes.ts";
import { useSide } from "./use_side.ts";

export interface LiveRoomProps
  extends RoomPageProps, Pick<RoomViewProps, "header" | "rail" | "away" | "notify"> {
  viewer: Viewer;
  /** Draws the files of a message; the same function at every drawing. */
  files?: MessageListProps["files"];
  /** Where files can be sent. */
  attaching?: Attaching;
  /** Null until it is open: the room then stands as the server drew it. */
  open: OpenRoom | null;
}

/** What the room's parts say now; before they are there, what the server has drawn. */
function useParts({ open, snapshot, past, blocked }: LiveRoomProps) {
  const chat = useLatest(
    open?.client,
    (client) => client.view,
    () => firstView(snapshot, new Set(blocked), past),
  );
  const written = useLatest(
    open?.composer,
    (composer) => composer.state,
    (): ComposerState => ({ text: typedAlready(), mode: { kind: "new" } }),
  );
  return { chat, written };
}

/** The field in which messages are written. */
function useField(
  props: LiveRoomProps,
  ref: RoomRef,
  written: ComposerState,
  { toEnd, lastOwn }: { toEnd: () => void; lastOwn: () => ViewMessage | undefined },
) {
  const { action, csrf, clientId, attaching, open, viewer, rooms } = props;
  const input = useRef<HTMLTextAreaElement>(null);
  const composer = useComposer(ref, input, written, toEnd, attaching);
  // A message that is being changed cannot become a sticker, and a sealed one says nothing of what it is.
  const withoutStickers = written.mode.kind === "edit" || props.snapshot.room.encrypted === true;
  const { helping, typed } = useHelp(open, input, { viewer, rooms, withoutStickers });
  return {
    ...{ action, csrf, clientId, attaching, helping, due: composer.due },
    mode: written.mode,
    value: written.text,
    onInput: (text: string) => {
      open?.composer.typed(text);
      typed(text);
    },
    onKeyDown: (event: KeyboardEvent) => composer.onKeyDown(event, lastOwn),
    onSubmit: (event: Event) => {
      event.preventDefault();
      composer.submit();
    },
    onCancel: () => open?.composer.cancel(),
    inputRef: input,
  };
}

/** The window around the room: its height above the keyboard, and the number in its title. */
function useWindow(root: RefObject<HTMLDivElement>, unread: number) {
  useEffect(() => root.current ? fitKeyboard(root.current) : undefined, []);
  useEffect(() => tellTitle(unread), [unread]);
}

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
  const panes = usePanes(props);
  const side = useSide(panes);
  const over = useOverlay();
  const { list, notice, toEnd, far } = useList(props, ref, chat, { views, over, side });
  const field = useField(props, ref, written, { toEnd, lastOwn: () => views.lastOwn(chat) });
  const root = useRef<HTMLDivElement>(null);
  const { room, outgoing, blocked } = chat;
  useWindow(root, isOnline(chat) ? newSince(room.messages, room.readSeq, viewer.id, blocked) : 0);
  const closed = closedBecause(chat);
  const silent = closed !== null || props.readOnly !== undefined || room.room.archived === true;
  const taking = !silent && written.mode.kind !== "edit" ? props.attaching?.onFiles : undefined;
  const dropping = useDrop(taking);
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
      side={sideOf(props, list, side, silent)}
      onPins={open && props.rights ? () => side.show({ kind: "pins" }) : undefined}
      overlay={overlayOf(props, list, over)}
      dropping={dropping}
      composer={{ ...field, notice: said, disabled: closed !== null }}
      people={room.people as Person[]}
      online={room.online}
      typing={typistsBeside(room, viewer.id, blocked)}
      connection={open ? connectionShown(chat, browserPage) : "live"}
      waiting={outgoing.filter((entry) => entry.state !== "failed").length}
      unseen={chat.newBelow}
      far={open !== null && far}
      onUnseenClick={toEnd}
      onReconnect={() => open?.socket.reconnect()}
      rootRef={root}
    />
  );
}
