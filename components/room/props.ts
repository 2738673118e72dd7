/**
 * What the room's views are given. They hold no state of their own: a page renders them on the server, an island
 * renders the same ones in the browser and adds the callbacks. A callback that is absent takes its button with it,
 * so that a page without JavaScript has no dead buttons.
 */
import type { ComponentChildren, Ref } from "preact";
import type { MessageId, RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Snapshot } from "../../lib/protocol/room_state.ts";
import type {
  Attachment,
  LoungeView,
  Message,
  MyRoom,
  Person,
  RoomInfo,
  Viewer,
} from "../../lib/protocol/types.ts";
import type { Clock } from "../clock.ts";
import type { ButtonLinkProps } from "../ui/Button.tsx";
import type { IconName } from "../ui/Icon.tsx";

export type { Clock };

/** A message as the reader sees it: `pending` is on its way, `failed` says in plain words why it did not go. */
export type ViewMessage = Message & { pending?: boolean; failed?: string };

/** On a phone one of these fills the screen; on a desktop all stand side by side. */
export type Pane = "rooms" | "conversation" | "people";

/** State of the socket: `live`; `connecting` (first time or again); `offline` (the browser has no network). */
export type ConnectionState = "live" | "connecting" | "offline";

export interface MessageActions {
  onReply?: (message: ViewMessage) => void;
  onEdit?: (message: ViewMessage) => void;
  /** Asked for, not yet confirmed: set `deleting` to the message's id. */
  onDelete?: (message: ViewMessage) => void;
  onDeleteConfirm?: (message: ViewMessage) => void;
  onDeleteCancel?: () => void;
  /** Send a failed message again, under the same `clientId`. */
  onRetry?: (message: ViewMessage) => void;
  onDiscard?: (message: ViewMessage) => void;
  /** Fold away what the author of this message says. */
  onBlock?: (message: ViewMessage) => void;
  onUnblock?: (message: ViewMessage) => void;
  /** Go to the message that this one answers. */
  onJumpTo?: (id: MessageId) => void;
}

export interface MessageListProps {
  room: RoomInfo;
  /** Oldest first; pending and failed ones last. */
  messages: ViewMessage[];
  /** Messages that are answered but stand outside `messages`, by id. */
  replied?: Record<string, ViewMessage>;
  viewerId: UserId | null;
  /** Whose messages are folded. */
  blocked?: ReadonlySet<UserId>;
  clock: Clock;
  /** The "new since you left" line stands before the first message with a greater seq. Left out: no line. */
  readSeq?: number;
  hasOlder: boolean;
  /** `?before=<seq>`: works without JavaScript. */
  olderHref?: string;
  /** On an older page: back to the newest messages, without JavaScript. */
  newestHref?: string;
  loadingOlder?: boolean;
  onOlder?: () => void;
  /** The message whose deletion waits for a yes. */
  deleting?: MessageId | null;
  /** The message to light up for a moment, after a jump. */
  highlighted?: MessageId | null;
  /** Messages that came in live, newest last (three are enough): read out by screen readers, shown to nobody. */
  announced?: ViewMessage[];
  actions?: MessageActions;
  /** Draws the files of a message; the same function at every drawing. */
  files?: (message: ViewMessage) => ComponentChildren;
  /** The element that scrolls. It is `flex-col-reverse`: `scrollTop` is 0 at the bottom and negative above. */
  scrollRef?: Ref<HTMLDivElement>;
  /** The wrapper inside it, whose height is that of all messages. */
  contentRef?: Ref<HTMLDivElement>;
  /** Stands above the first message: when it comes into view, load older ones. */
  topRef?: Ref<HTMLDivElement>;
}

/** What the composer is doing. */
export type ComposerMode =
  | { kind: "new" }
  | { kind: "reply"; to: ViewMessage }
  | { kind: "edit"; message: ViewMessage };

/** Files that go with the next message. */
export interface Attaching {
  /** Stands above the field: the files that were chosen. */
  tray: ComponentChildren;
  /** Stands beside the field: chooses files. */
  button: ComponentChildren;
  /** Those that are in the room already. */
  ready: readonly Attachment[];
  /** Some are on their way, or did not get there: the message waits. */
  busy: boolean;
  /** Takes files that were pasted or dropped. */
  onFiles: (files: File[]) => void;
  /** They went out with a message. */
  onSent: () => void;
}

export interface ComposerProps {
  room: RoomInfo;
  /** What the reader calls it. */
  roomName: string;
  /** Where the form posts to when there is no JavaScript. Fields: `csrf`, `clientId`, `body`, `replyTo`. */
  action: string;
  csrf: string;
  clientId: string;
  mode?: ComposerMode;
  value?: string;
  /** Why the last message was not taken, or why nothing can be sent now; shown above the field. */
  notice?: string;
  /** Something is wrong with the field as it stands: no sending. The field itself stays writable. */
  disabled?: boolean;
  onInput?: (value: string) => void;
  /** Enter, Escape, ArrowUp … are the island's to judge. */
  onKeyDown?: (event: KeyboardEvent) => void;
  /** Call `preventDefault()` to send by socket instead of by form. */
  onSubmit?: (event: Event) => void;
  /** Leave replying or editing. */
  onCancel?: () => void;
  /** Where files can be sent. */
  attaching?: Attaching;
  inputRef?: Ref<HTMLTextAreaElement>;
  formRef?: Ref<HTMLFormElement>;
}

export interface PeoplePanelProps {
  /** Who is here, at most `PEOPLE_SHOWN`; the panel sorts them. */
  people: Person[];
  /** Everybody who is here, shown or not. */
  online: number;
  viewerId: UserId | null;
  /** Back to the conversation, on a phone without JavaScript. */
  closeHref: string;
  onClose?: () => void;
}

export interface TypingLineProps {
  /** Names of the others who are typing now, the longest at it first. */
  names: string[];
}

export interface NewMessagesPillProps {
  /** Messages below what is on screen; 0 hides the pill. */
  count: number;
  onClick?: () => void;
}

export interface RoomBannersProps {
  connection: ConnectionState;
  /** Messages of mine that wait to be sent. */
  waiting?: number;
  onRetry?: () => void;
  /** When the room ends (ISO 8601, UTC), once that is near. */
  endsSoon?: string | null;
  clock: Clock;
}

export interface ReadOnlyFooterProps {
  icon?: IconName;
  /** Why nothing can be said. */
  children: ComponentChildren;
  door?: Door;
  /** It was not so a moment ago: screen readers say it at once. */
  news?: boolean;
}

/** A way out of a room, or into it. */
export type Door = Pick<ButtonLinkProps, "href" | "kind" | "icon"> & { label: string };

export interface RoomRailProps {
  /** Mine, the latest activity first. */
  rooms: readonly MyRoom[];
  lounges: LoungeView[];
  currentRoomId: RoomId;
  viewer: Viewer | null;
  /** For the button that leaves; without it there is none. */
  csrf?: string;
  closeHref: string;
  onClose?: () => void;
}

export interface RoomHeaderProps {
  room: RoomInfo;
  viewerId: UserId | null;
  online: number;
  /** Members, roles, settings: where the room has them and the reader may see them. */
  settingsHref?: string;
  peopleOpen: boolean;
  /** `?pane=rooms` and `?pane=people`: the phone's panes without JavaScript. */
  roomsHref: string;
  peopleHref: string;
  onRooms?: () => void;
  /** Phone: show the people pane. */
  onPeople?: () => void;
  /** Desktop: open or close the people panel. */
  onTogglePeople?: () => void;
}

/** What the server puts into a room's page, for the views and for what makes them live. */
export interface RoomPageProps {
  /** The room as the server draws it: what a `room_joined` says. */
  snapshot: Snapshot;
  /** Mine, the latest activity first; empty for visitors. */
  rooms: MyRoom[];
  lounges: LoungeView[];
  /** Whom the viewer has blocked. */
  blocked: UserId[];
  csrf: string;
  /** Where the message form posts to without JavaScript, and the `clientId` that it posts. */
  action: string;
  clientId: string;
  clock: Clock;
  path: string;
  guestHref: string;
  pane: Pane;
  peopleOpen: boolean;
  olderHref?: string;
  /** Messages that are answered but stand outside the snapshot, by id. */
  replied?: Record<string, ViewMessage>;
  /** What the server says about a message that was posted by form. */
  notice?: string;
  /** The room has a page of members and settings, and the viewer may see it. */
  settings?: boolean;
  /** Why the viewer may read and not write, fit to show. Archived rooms say so themselves. */
  readOnly?: string;
}

/**
 * The whole room page. `list` and `composer` are handed on as they are; the composer gives way to a line that says why
 * nothing can be written: there is no viewer, the room is archived, or it is closed.
 */
export interface RoomViewProps extends Pick<RoomPageProps, "settings" | "readOnly"> {
  room: RoomInfo;
  viewer: Viewer | null;
  rooms: readonly MyRoom[];
  lounges: LoungeView[];
  list: Omit<MessageListProps, "room" | "viewerId">;
  /** Without it (or without a viewer) the room is read-only. */
  composer?: Omit<ComposerProps, "room" | "roomName">;
  /** Why the room is closed to the viewer, once it is. */
  closed?: string | null;
  /** Where to go when it is closed; my rooms if nothing is said. */
  away?: Door;
  /** When the room ends (ISO 8601, UTC), once that is near. */
  endsSoon?: string | null;
  people: Person[];
  online: number;
  typing: string[];
  connection: ConnectionState;
  /** Messages that wait in the outbox. */
  waiting?: number;
  /** Arrived below what the reader sees. */
  unseen?: number;
  pane: Pane;
  /** Desktop's right panel. */
  peopleOpen: boolean;
  /** This page's own path, such as `/lounges/general/en`. */
  path: string;
  guestHref: string;
  onPane?: (pane: Pane) => void;
  onTogglePeople?: () => void;
  onUnseenClick?: () => void;
  onReconnect?: () => void;
  rootRef?: Ref<HTMLDivElement>;
  /** Draws what stands above the conversation: `RoomHeader`, in most rooms. */
  header: (props: RoomHeaderProps) => ComponentChildren;
  /** Draws what stands beside it: `RoomRail`, in most rooms. Ghost rooms know of no others, and load none of it. */
  rail: (props: RoomRailProps) => ComponentChildren;
}
