import { Component, type ComponentChildren } from "preact";
import { isWordless } from "../../lib/protocol/attachments.ts";
import { type Clock, fullTime, timeOfDay } from "../clock.ts";
import { cx } from "../cx.ts";
import { profileHref } from "../links.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Name } from "../ui/Name.tsx";
import { MessageBody } from "./MessageBody.tsx";
import { DeleteQuestion, FailedNotice } from "./MessageNotices.tsx";
import { MessageToolbar } from "./MessageToolbar.tsx";
import type { MessageActions, ViewMessage } from "./props.ts";
import { ReplyLine } from "./ReplyLine.tsx";
import { SystemLine } from "./SystemLine.tsx";

export interface MessageItemProps {
  message: ViewMessage;
  /** Begins a group: shows its author. */
  first: boolean;
  own: boolean;
  replied?: ViewMessage;
  /** What is answered is by somebody whom the reader has blocked. */
  repliedFolded: boolean;
  /** The reader has blocked its author. */
  blocked: boolean;
  clock: Clock;
  deleting: boolean;
  highlighted: boolean;
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

function UserMessage(props: MessageItemProps) {
  const { message, first, own, clock, actions } = props;
  return (
    <article
      id={`m-${message.id}`}
      tabIndex={-1}
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
            folded={props.repliedFolded}
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
          {!isWordless(message) && <MessageBody message={message} />}
          {message.attachments.length > 0 && props.files?.(message)}
          {message.failed && <FailedNotice message={message} actions={actions} />}
          {props.deleting && <DeleteQuestion message={message} actions={actions} />}
        </div>
      </div>
      {actions && <MessageToolbar message={message} own={own} blocked={props.blocked} actions={actions} />}
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
