import { Component, type ComponentChildren } from "preact";
import { isWordless } from "../../lib/protocol/attachments.ts";
import type { UserId } from "../../lib/protocol/ids.ts";
import { type Clock, fullTime, timeOfDay } from "../clock.ts";
import { cx } from "../cx.ts";
import { profileHref } from "../links.ts";
import type { Known } from "../markdown/known.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name } from "../ui/Name.tsx";
import { LinkPreviews } from "./LinkPreviews.tsx";
import { MessageBody } from "./MessageBody.tsx";
import { DeleteQuestion, FailedNotice } from "./MessageNotices.tsx";
import { MessageToolbar } from "./MessageToolbar.tsx";
import type { MessageActions, NameOf, ViewMessage } from "./props.ts";
import { Reactions } from "./Reactions.tsx";
import { ReplyLine } from "./ReplyLine.tsx";
import { SystemLine } from "./SystemLine.tsx";

export interface MessageItemProps {
  message: ViewMessage;
  /** Begins a group: shows its author. */
  first: boolean;
  own: boolean;
  viewerId: UserId | null;
  known: Known;
  nameOf: NameOf;
  replied?: ViewMessage;
  /** What is answered stands on this page. */
  repliedHere: boolean;
  /** What is answered is by somebody whom the reader has blocked. */
  repliedFolded: boolean;
  /** The reader may see what it said before it was edited. */
  seesHistory: boolean;
  clock: Clock;
  deleting: boolean;
  highlighted: boolean;
  /** It stands beside the conversation, in which it has its id. */
  aside?: boolean;
  /** The address names it: without scripts, too, the browser brings it into view. */
  sought?: boolean;
  /** Emoji whose change is on its way, parted by spaces. */
  reacting?: string;
  /** Its menu is open. */
  opened: boolean;
  actions?: MessageActions;
  files?: (message: ViewMessage) => ComponentChildren;
}

function Time({ message, clock, class: extra }: { message: ViewMessage; clock: Clock; class: string }) {
  const full = fullTime(clock, message.createdAt);
  return (
    <time
      class={cx("tabular-nums text-xs text-soft", extra)}
      dir="ltr"
      dateTime={message.createdAt}
      title={full}
    >
      {timeOfDay(clock, message.createdAt)}
    </time>
  );
}

/** Author and time, above the first message of a group. */
function Heading({ message, own, clock }: Pick<MessageItemProps, "message" | "own" | "clock">) {
  const { name, username } = message.author!;
  const shown = <Name class={cx("font-bold", own && "text-accent-text")}>{name}</Name>;
  return (
    <header class="flex items-baseline gap-2">
      {username
        ? <a href={profileHref(username)} class="min-w-0 rounded-sm hover:underline">{shown}</a>
        : shown}
      <Time message={message} clock={clock} class="shrink-0" />
      {message.pending && <span class="text-xs text-soft" dir="ltr">Sending…</span>}
    </header>
  );
}

/** The face of a group's first message; beside the others, on hover, their time. */
function Gutter({ message, first, clock }: Pick<MessageItemProps, "message" | "first" | "clock">) {
  return (
    <div class="w-9 shrink-0">
      {first ? <Avatar name={message.author!.name} src={message.author!.avatar} /> : (
        <Time
          message={message}
          clock={clock}
          class="block whitespace-nowrap leading-6 opacity-0 has-hover:group-hover:opacity-100 group-focus-within:opacity-100"
        />
      )}
    </div>
  );
}

function Pinned() {
  return (
    <p class="flex items-center gap-1 text-xs text-soft" dir="ltr">
      <Icon name="pin" class="size-3" />
      Pinned
    </p>
  );
}

function UserMessage(props: MessageItemProps) {
  const { message, first, own, clock, actions } = props;
  return (
    <article
      id={props.aside ? undefined : `m-${message.id}`}
      tabIndex={-1}
      autofocus={props.sought}
      class={cx(
        "group ring-inside relative px-4 py-0.5 has-hover:hover:bg-sunken focus-within:bg-sunken",
        first && "mt-3",
        props.deleting && "bg-bad-soft",
        props.highlighted && "lit",
      )}
    >
      {message.replyTo && (
        <div class="ps-12">
          <ReplyLine
            to={message.replyTo}
            message={props.replied}
            here={props.repliedHere}
            folded={props.repliedFolded}
            emoji={props.known.emoji}
            onJumpTo={actions?.onJumpTo}
          />
        </div>
      )}
      <div class="flex gap-3">
        <Gutter message={message} first={first} clock={clock} />
        <div class="min-w-0 grow">
          {first
            ? <Heading message={message} own={own} clock={clock} />
            : <span class="sr-only">{message.author!.name}</span>}
          {message.pinnedAt && <Pinned />}
          {!isWordless(message) && (
            <MessageBody
              message={message}
              known={props.known}
              onHistory={props.seesHistory ? actions?.onHistory : undefined}
            />
          )}
          {message.attachments.length > 0 && props.files?.(message)}
          {message.previews && <LinkPreviews previews={message.previews} />}
          <Reactions
            message={message}
            viewerId={props.viewerId}
            nameOf={props.nameOf}
            reacting={props.reacting}
            actions={actions}
          />
          {message.failed && <FailedNotice message={message} actions={actions} />}
          {props.deleting && <DeleteQuestion message={message} actions={actions} />}
        </div>
      </div>
      {actions && <MessageToolbar message={message} open={props.opened} actions={actions} />}
    </article>
  );
}

/** One message. Drawn again only when something of its own has changed: a busy room has hundreds on the page. */
export class MessageItem extends Component<MessageItemProps> {
  override shouldComponentUpdate(next: MessageItemProps): boolean {
    const names = Object.keys(next) as (keyof MessageItemProps)[];
    return names.some((name) => next[name] !== this.props[name]);
  }

  override render() {
    return this.props.message.author
      ? <UserMessage {...this.props} />
      : <SystemLine message={this.props.message} />;
  }
}
