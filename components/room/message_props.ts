/** What the views of messages are given. */
import type { ComponentChildren, JSX, Ref, VNode } from "preact";
import type { MessageId, UserId } from "../../lib/protocol/ids.ts";
import type { Message, RoomInfo } from "../../lib/protocol/types.ts";
import type { Clock } from "../clock.ts";
import type { Known } from "../markdown/known.ts";
import type { Row } from "./rows.ts";

/** A message as the reader sees it: `pending` is on its way, `failed` says in plain words why it did not go. */
export type ViewMessage = Message & { pending?: boolean; failed?: string };

/** What somebody is called, as far as the page knows. */
export type NameOf = (id: UserId) => string | undefined;

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
  /** Go to a message, such as the one that this one answers. */
  onJumpTo?: (id: MessageId) => void;
  /** Put one's emoji under a message, or take it back. */
  onReact?: (message: ViewMessage, emoji: string) => void;
  /** Show all emoji there are to react with, beside the button that asks. */
  onEmoji?: (message: ViewMessage, at: HTMLElement) => void;
  /** Show what else can be done, beside the button that asks. */
  onMenu?: (message: ViewMessage, at: HTMLElement) => void;
  /** Show the message with all that answers it. */
  onThread?: (message: ViewMessage) => void;
  /** Show what it said before it was edited. */
  onHistory?: (message: ViewMessage) => void;
  /** It and all after it are to be new again. */
  onUnread?: (message: ViewMessage) => void;
  /** Keep it among the room's pinned messages, or no more. */
  onPin?: (message: ViewMessage, on: boolean) => void;
  /** Take the previews of its links off it, for everybody. */
  onRemovePreviews?: (message: ViewMessage) => void;
}

/** Where a row stands among all of them, for screen readers, when not all are in the page. */
export type RowPosition = Pick<JSX.HTMLAttributes<HTMLLIElement>, "aria-setsize" | "aria-posinset">;

/** The rows of the conversation, for what decides which of them are in the page. */
export interface RowsProps {
  rows: readonly Row[];
  draw: (row: Row, position: RowPosition) => VNode;
  /** Indices of rows that are in the page wherever the reader is. */
  shown: readonly number[];
  /** There is more history than these rows. */
  more: boolean;
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
  /** Whom and what messages may name; the same object while nobody new is met. */
  known?: Known;
  nameOf?: NameOf;
  /** May see former wordings of everybody's messages. */
  keepsOrder?: boolean;
  clock: Clock;
  /** The "new since you left" line stands before the first message with a greater seq. Left out: no line. */
  readSeq?: number;
  hasOlder: boolean;
  /** `?before=<seq>`: works without JavaScript. */
  olderHref?: string;
  /** On an older page: back to the newest messages, without JavaScript. */
  newestHref?: string;
  loadingOlder?: boolean;
  loadingNewer?: boolean;
  onOlder?: () => void;
  /** The message whose deletion waits for a yes. */
  deleting?: MessageId | null;
  /** Reactions on their way: emoji, parted by spaces, by the id of their message. */
  reacting?: ReadonlyMap<MessageId, string>;
  /** The message whose menu is open. */
  opened?: MessageId | null;
  /** The message that the address names. */
  sought?: MessageId;
  /** The message to light up for a moment, after a jump. */
  highlighted?: MessageId | null;
  /** Messages that came in live, newest last (three are enough): read out by screen readers, shown to nobody. */
  announced?: ViewMessage[];
  actions?: MessageActions;
  /** Draws the files of a message; the same function at every drawing. */
  files?: (message: ViewMessage) => ComponentChildren;
  /** Draws the rows that are in the page, in an `ol`; left out: all of them. */
  drawRows?: (rows: RowsProps) => ComponentChildren;
  /** The element that scrolls. It is `flex-col-reverse`: `scrollTop` is 0 at the bottom and negative above. */
  scrollRef?: Ref<HTMLDivElement>;
  /** The wrapper inside it, whose height is that of all messages. */
  contentRef?: Ref<HTMLDivElement>;
  /** Stands above the first message: when it comes into view, load older ones. */
  topRef?: Ref<HTMLDivElement>;
}
