import { type MutableRef, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Clock, MessageActions, Pane, RoomPageProps } from "../components/room/props.ts";
import { RoomView } from "../components/room/RoomView.tsx";
import { type ComposerState, meaningOf } from "../lib/client/composer.ts";
import { browserPage } from "../lib/client/environment.ts";
import { type OpenRoom, openRoom } from "../lib/client/open_room.ts";
import {
  fitKeyboard,
  isTouch,
  paneHistory,
  rememberPeopleOpen,
  tellTitle,
  today,
  typedAlready,
} from "../lib/client/page.ts";
import { firstView } from "../lib/client/room.ts";
import { ScrollKeeper } from "../lib/client/scroll.ts";
import {
  closedBecause,
  connectionShown,
  MessageViews,
  type ViewMessage,
} from "../lib/client/view_messages.ts";
import type { MessageId, UserId } from "../lib/protocol/ids.ts";
import { newSince, typistsBeside } from "../lib/protocol/room_state.ts";
import type { Viewer } from "../lib/protocol/types.ts";

export interface RoomProps extends RoomPageProps {
  viewer: Viewer;
}

type Parts = MutableRef<OpenRoom | null>;

/** How long a message that was jumped to stays lit, in milliseconds. */
const LIT_MS = 2_500;

/** Opens the room once the page is there; until then everything is as the server drew it. */
function useOpenRoom(props: RoomProps) {
  const [chat, setChat] = useState(() => firstView(props.snapshot, new Set(props.blocked)));
  const [written, setWritten] = useState<ComposerState>(() => ({
    text: typedAlready(),
    mode: { kind: "new" },
  }));
  const parts: Parts = useRef(null);
  useEffect(() => {
    const room = parts.current = openRoom(props, typedAlready());
    const stops = [room.client.subscribe(setChat), room.composer.subscribe(setWritten)];
    setChat(room.client.view);
    setWritten(room.composer.state);
    return () => {
      for (const stop of stops) stop();
      room.close();
    };
  }, []);
  return { chat, written, parts };
}

/** The server's clock first, so that both draw the same; then the reader's own zone, and each new day. */
function useReaderClock(first: Clock): Clock {
  const [clock, setClock] = useState(first);
  useEffect(() => {
    let day = "";
    const look = () => {
      if (day === today()) return;
      day = today();
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      setClock({ locale: first.locale, timeZone, now: new Date().toISOString() });
    };
    look();
    const timer = setInterval(look, 60_000);
    return () => clearInterval(timer);
  }, []);
  return clock;
}

/** Keeps the reader's place, fetches history when its beginning is near, and jumps to messages. */
function useScroll(parts: Parts, online: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper | null>(null);
  // After a failed fetch only a click or a new connection tries again: scrolling would hammer.
  const stalled = useRef(false);
  const [highlighted, setHighlighted] = useState<MessageId | null>(null);
  const older = () =>
    parts.current?.client.loadOlder().then(() => stalled.current = false, () => stalled.current = true);
  useEffect(() => {
    if (!scroller.current || !content.current) return;
    const inside = content.current;
    // Messages and folds: what is within a closed fold stands nowhere.
    const rows = () => inside.querySelectorAll("[data-place]");
    keeper.current = new ScrollKeeper(scroller.current, inside, rows, {
      onPlace: (atEnd) => parts.current?.client.placed(atEnd),
      onNearTop: () => stalled.current || older(),
    });
    return () => keeper.current?.dispose();
  }, []);
  useLayoutEffect(() => keeper.current?.keep());
  useEffect(() => {
    if (online) stalled.current = false;
  }, [online]);
  useEffect(() => {
    if (!highlighted) return;
    const row = document.getElementById(`m-${highlighted}`);
    row?.closest("details")?.setAttribute("open", "");
    if (row) keeper.current?.toRow(row);
    const timer = setTimeout(() => setHighlighted(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [highlighted]);
  const jumpTo = async (id: MessageId) => {
    const there = await parts.current?.client.reach(Number(id.split("-")[1])).catch(() => false);
    if (there) setHighlighted(id);
  };
  return { scroller, content, highlighted, older, jumpTo, toEnd: () => keeper.current?.toEnd() };
}

/** The message field: keys, sending, and where the focus goes. */
function useComposer(parts: Parts, written: ComposerState, toEnd: () => void) {
  const input = useRef<HTMLTextAreaElement>(null);
  const focusEnd = () => {
    const field = input.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  };
  // After the text of an edit or an answer is in the field.
  useEffect(() => {
    if (written.mode.kind !== "new") focusEnd();
  }, [written.mode]);
  useEffect(() => {
    const blurred = () => parts.current?.client.typing.stopped();
    input.current?.addEventListener("blur", blurred);
    return () => input.current?.removeEventListener("blur", blurred);
  }, []);
  const submit = async () => {
    input.current?.focus();
    if (await parts.current?.composer.submit()) toEnd();
  };
  const onKeyDown = (event: KeyboardEvent, lastOwn: () => ViewMessage | undefined) => {
    const composer = parts.current?.composer;
    const meaning = meaningOf(event, written, isTouch());
    const last = meaning === "edit-last" ? lastOwn() : undefined;
    if (!composer || !meaning || (meaning === "edit-last" && !last)) return;
    event.preventDefault();
    if (meaning === "send") submit();
    else if (meaning === "cancel") composer.cancel();
    else composer.edit(last!);
  };
  return { input, submit, onKeyDown };
}

/** What may be refused, and deleting, which is asked once; Escape says no. */
function useDeleting(parts: Parts) {
  const [deleting, setDeleting] = useState<MessageId | null>(null);
  const [notice, setNotice] = useState<string>();
  useEffect(() => {
    const escape = (event: KeyboardEvent) => event.key === "Escape" && setDeleting(null);
    document.addEventListener("keydown", escape);
    return () => document.removeEventListener("keydown", escape);
  }, []);
  const attempt = (done?: Promise<void>) =>
    done?.then(() => setNotice(undefined), (error) => setNotice(error.message));
  const confirm = (message: ViewMessage) => {
    setDeleting(null);
    attempt(parts.current?.client.remove(message.id));
  };
  return { deleting, setDeleting, confirm, attempt, notice };
}

/** Blocks the author of a message, or unblocks them. The focus stays where the message is: in its fold, or out again. */
function useBlocking(parts: Parts, blocked: ReadonlySet<UserId>, asked: ReturnType<typeof useDeleting>) {
  const at = useRef<MessageId | null>(null);
  useLayoutEffect(() => {
    const row = at.current && document.getElementById(`m-${at.current}`);
    at.current = null;
    if (row) (row.closest("details")?.querySelector("summary") ?? row).focus();
  }, [blocked]);
  return (does: "block" | "unblock") => ({ id, author }: ViewMessage) => {
    at.current = id;
    if (author) asked.attempt(parts.current?.blocks[does](author.id));
  };
}

/** The same object at every drawing, so that no message is drawn again for its sake. */
function useActions(
  parts: Parts,
  jumpTo: (id: MessageId) => void,
  ask: ReturnType<typeof useDeleting>,
  blocking: ReturnType<typeof useBlocking>,
): MessageActions {
  return useMemo(() => ({
    onReply: (message) => parts.current?.composer.reply(message),
    onEdit: (message) => parts.current?.composer.edit(message),
    onDelete: (message) => ask.setDeleting(message.id),
    onDeleteConfirm: ask.confirm,
    onDeleteCancel: () => ask.setDeleting(null),
    onRetry: (message) => parts.current?.client.retry(message.clientId),
    onDiscard: (message) => parts.current?.client.discard(message.clientId),
    onBlock: blocking("block"),
    onUnblock: blocking("unblock"),
    onJumpTo: jumpTo,
  }), []);
}

/** Phone panes and the desktop's people panel. */
function usePanes(props: RoomProps) {
  const [pane, setPane] = useState(props.pane);
  const [peopleOpen, setPeopleOpen] = useState(props.peopleOpen);
  const steps = useMemo(
    () => paneHistory<Pane>(props.path, "conversation", ["rooms", "people"], setPane),
    [],
  );
  useEffect(steps.listen, []);
  const onTogglePeople = () => {
    setPeopleOpen(!peopleOpen);
    rememberPeopleOpen(!peopleOpen);
  };
  return { pane, peopleOpen, go: steps.go, onTogglePeople };
}

/** A room, live. The views draw it, `lib/client` does the work; here the two are tied together. */
export default function Room(props: RoomProps) {
  const { viewer, snapshot } = props;
  const { chat, written, parts } = useOpenRoom(props);
  const clock = useReaderClock(props.clock);
  const online = chat.connection.phase === "online";
  const scroll = useScroll(parts, online);
  const composer = useComposer(parts, written, scroll.toEnd);
  const asked = useDeleting(parts);
  const actions = useActions(parts, scroll.jumpTo, asked, useBlocking(parts, chat.blocked, asked));
  const panes = usePanes(props);
  const root = useRef<HTMLDivElement>(null);
  const views = useMemo(() => new MessageViews(viewer), []);
  const { room, outgoing } = chat;
  const messages = useMemo(() => views.of({ room, outgoing }), [room.messages, outgoing]);
  const unread = newSince(room.messages, room.readSeq, viewer.id, chat.blocked);
  const closed = closedBecause(chat);
  // Until the room is open there is nothing behind a button: links and the form do the work, as without JavaScript.
  const live = parts.current !== null;
  useEffect(() => root.current ? fitKeyboard(root.current) : undefined, []);
  useEffect(() => tellTitle(online ? unread : 0), [unread, online]);

  const list = {
    messages,
    blocked: chat.blocked,
    replied: props.replied,
    clock,
    // Somebody who was never here did not leave.
    readSeq: snapshot.readSeq || undefined,
    hasOlder: room.hasOlder,
    olderHref: props.olderHref,
    loadingOlder: chat.loadingOlder,
    onOlder: live ? scroll.older : undefined,
    deleting: asked.deleting,
    highlighted: scroll.highlighted,
    announced: [...chat.announced],
    actions: live ? actions : undefined,
    scrollRef: scroll.scroller,
    contentRef: scroll.content,
  };
  const field = {
    action: props.action,
    csrf: props.csrf,
    clientId: props.clientId,
    mode: written.mode,
    value: written.text,
    notice: closed ?? written.notice ?? asked.notice ?? (live ? undefined : props.notice),
    disabled: closed !== null,
    onInput: (text: string) => parts.current?.composer.typed(text),
    onKeyDown: (event: KeyboardEvent) => composer.onKeyDown(event, () => views.lastOwn(chat)),
    onSubmit: (event: Event) => {
      event.preventDefault();
      composer.submit();
    },
    onCancel: () => parts.current?.composer.cancel(),
    inputRef: composer.input,
  };
  return (
    <RoomView
      pane={panes.pane}
      peopleOpen={panes.peopleOpen}
      onPane={live ? panes.go : undefined}
      onTogglePeople={live ? panes.onTogglePeople : undefined}
      room={room.room}
      viewer={viewer}
      lounges={props.lounges}
      list={list}
      composer={field}
      people={room.people as typeof snapshot.members}
      online={room.online}
      typing={typistsBeside(room, viewer.id, chat.blocked)}
      connection={live ? connectionShown(chat, browserPage) : "live"}
      waiting={outgoing.filter((entry) => entry.state !== "failed").length}
      unseen={chat.newBelow}
      path={props.path}
      guestHref={props.guestHref}
      onUnseenClick={scroll.toEnd}
      onReconnect={() => parts.current?.socket.reconnect()}
      rootRef={root}
    />
  );
}
