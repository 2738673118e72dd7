/**
 * What the room's views are given. They hold no state of their own: a page renders them on the server, an island
 * renders the same ones in the browser and adds the callbacks. A callback that is absent takes its button with it,
 * so that a page without JavaScript has no dead buttons.
 */
import type { ComponentChildren, Ref } from "preact";
import type { NotifyLevel } from "../../lib/protocol/forms/notifications.ts";
import type { MessageId, RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { Past, Snapshot } from "../../lib/protocol/room_state.ts";
import type { Attachment, LoungeView, MyRoom, Person, RoomInfo, Viewer } from "../../lib/protocol/types.ts";
import type { Clock } from "../clock.ts";
import type { Known } from "../markdown/known.ts";
import type { ButtonLinkProps } from "../ui/Button.tsx";
import type { IconName } from "../ui/Icon.tsx";

import type { MessageActions, MessageListProps, NameOf, ViewMessage } from "./message_props.ts";

export type { Clock };

export type { MessageActions, MessageListProps, NameOf, ViewMessage };

/** On a phone one of these fills the screen; on a desktop all stand side by side. */
export type Pane = "rooms" | "conversation" | "people";

/** State of the socket: `live`; `connecting` (first time or again); `offline` (the browser has no network). */
export type ConnectionState = "live" | "connecting" | "offline";

/** What the composer is doing. */
export type ComposerMode =
  | { kind: "new" }
  | { kind: "reply"; to: ViewMessage }
  | { kind: "edit"; message: ViewMessage };

/** Files that go with the next message. Without scripts there is the button alone: they go with the form. */
export interface Attaching {
  /** Stands above the field: the files that were chosen. */
  tray?: ComponentChildren;
  /** Stands beside the field: chooses files. Left out for those who send none. */
  button?: ComponentChildren;
  /** Those that are in the room already. */
  ready?: readonly Attachment[];
  /** `sending`: some are on their way; `failed`: one did not get there. The message waits. */
  phase?: "empty" | "sending" | "failed" | "ready";
  /** Takes files that were chosen or dropped. */
  onFiles?: (files: File[]) => void;
  /** Takes what of it are files. */
  onPaste?: (event: ClipboardEvent) => void;
  /** Somebody wants to send, and one of the files did not get there. */
  onHeld?: () => void;
  /** They went out with a message. */
  onSent?: () => void;
}

/** Help with what is written. */
export interface Helping {
  /** Stands above the composer: suggestions, and the picker while it is open. */
  above: ComponentChildren;
  /** Stands beside the field: opens the picker. */
  button: ComponentChildren;
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
  /** The message goes out by itself as soon as its files are there. */
  due?: boolean;
  helping?: Helping;
  inputRef?: Ref<HTMLTextAreaElement>;
  formRef?: Ref<HTMLFormElement>;
}

export interface PeoplePanelProps {
  /** Who is here, at most `PEOPLE_SHOWN`; the panel sorts them. */
  people: Person[];
  /** Everybody who is here, shown or not. */
  online: number;
  viewerId: UserId | null;
  /** Stands below the people: what the viewer is told of this room. */
  notify?: ComponentChildren;
  /** The other tab, where there is one. */
  onPins?: () => void;
  /** Back to the conversation, on a phone without JavaScript. */
  closeHref: string;
  onClose?: () => void;
}

export interface TypingLineProps {
  /** Names of the others who are typing now, the longest at it first. */
  names: string[];
}

export interface NewMessagesPillProps {
  /** Messages that came below what is on screen. */
  count: number;
  /** The newest messages are far below; neither this nor a count: no pill. */
  far?: boolean;
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
  /** Shows what the keyboard can do. */
  onShortcuts?: () => void;
}

export interface RoomHeaderProps {
  room: RoomInfo;
  viewerId: UserId | null;
  online: number;
  /** What was said here, to be searched: where that can be. */
  searchHref?: string;
  /** Keys that lead there too, where a script hears them. */
  searchKeys?: string;
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

/** What a page may need to know about names that its messages do not explain themselves. */
export interface KnownOnPage extends Omit<Known, "me"> {
  /** Of people who reacted, by id. */
  names?: Record<string, string>;
}

/** What the viewer may do with other people's messages. */
export interface RoomRights {
  pin: boolean;
  /** Delete them, and see what they said before they were edited. */
  keepOrder: boolean;
}

/** What the server puts into a room's page, for the views and for what makes them live. */
export interface RoomPageProps {
  /** The room as the server draws it: what a `room_joined` says. */
  snapshot: Snapshot;
  /** The old messages at which the page opens. */
  past?: Past;
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
  known?: KnownOnPage;
  /** Left out where messages have no addresses of their own: no links, threads and pins there. */
  rights?: RoomRights;
  /** The message that the address names: it is brought into view and lit. */
  lit?: MessageId;
  /** What the server says about a message that was posted by form. */
  notice?: string;
  /** The room has a page of members and settings, and the viewer may see it. */
  settings?: boolean;
  /** What the viewer is told of this room, null for what is usual; left out for those who are told nothing anywhere. */
  level?: NotifyLevel | null;
  /** Why the viewer may read and not write, fit to show. Archived rooms say so themselves. */
  readOnly?: string;
  /** Bytes that one file may have. */
  fileMaxBytes: number;
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
  /** The newest messages are far below what the reader sees. */
  far?: boolean;
  pane: Pane;
  /** Desktop's right panel. */
  peopleOpen: boolean;
  /** This page's own path, such as `/lounges/general/en`. */
  path: string;
  guestHref: string;
  onPane?: (pane: Pane) => void;
  onTogglePeople?: () => void;
  /** Stands in the right panel instead of the people. */
  side?: { label: string; content: ComponentChildren };
  /** Stands below the people: what the viewer is told of this room. */
  notify?: ComponentChildren;
  /** Show the pinned messages there. */
  onPins?: () => void;
  /** Lies over the conversation. */
  overlay?: ComponentChildren;
  /** Files are held over the page. */
  dropping?: boolean;
  onUnseenClick?: () => void;
  onReconnect?: () => void;
  rootRef?: Ref<HTMLDivElement>;
  /** Draws what stands above the conversation: `RoomHeader`, in most rooms. */
  header: (props: RoomHeaderProps) => ComponentChildren;
  /** Draws what stands beside it: `RoomRail`, in most rooms. Ghost rooms know of no others, and load none of it. */
  rail: (props: RoomRailProps) => ComponentChildren;
}
