import { roomNames } from "../../lib/protocol/room_names.ts";
import type { Author } from "../../lib/protocol/types.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { MessageSkeleton } from "../ui/Skeleton.tsx";
import { Fold } from "./Fold.tsx";
import { DayLine, NewLine } from "./ListLines.tsx";
import { MessageItem } from "./MessageItem.tsx";
import type { MessageListProps, ViewMessage } from "./props.ts";
import { isBy, layRows, type MessageRow, type Row } from "./rows.ts";

type ListRowProps = { row: Row; list: MessageListProps; byId: Map<string, ViewMessage> };

function ListRow({ row, list, byId }: ListRowProps) {
  if (row.kind === "day") return <DayLine date={row.date} label={row.label} />;
  if (row.kind === "new") return <NewLine />;
  if (row.kind === "message") return <Item row={row} list={list} byId={byId} />;
  return (
    <Fold messages={row.rows.map(({ message }) => message)} actions={list.actions}>
      {row.rows.map((inner) => <Item key={inner.key} row={inner} list={list} byId={byId} />)}
    </Fold>
  );
}

function Item({ row, list, byId }: ListRowProps & { row: MessageRow }) {
  const { message, first } = row;
  const replied = message.replyTo && (byId.get(message.replyTo) ?? list.replied?.[message.replyTo]);
  return (
    <MessageItem
      message={message}
      first={first}
      own={message.author !== null && message.author.id === list.viewerId}
      replied={replied || undefined}
      repliedFolded={isBy(list.blocked, replied || undefined)}
      blocked={isBy(list.blocked, message)}
      clock={list.clock}
      deleting={list.deleting === message.id}
      highlighted={list.highlighted === message.id}
      actions={list.actions}
      files={list.files}
    />
  );
}

/** What stands above the first message: more history, or the beginning. */
function Top({ hasOlder, olderHref, loadingOlder, onOlder, topRef, room, viewerId }: MessageListProps) {
  return (
    <div ref={topRef} class="flex flex-col items-center px-4 pt-4 text-sm text-soft" dir="ltr">
      {hasOlder && onOlder && !loadingOlder && (
        <Button size="small" icon="older" onClick={onOlder}>Older messages</Button>
      )}
      {hasOlder && !onOlder && olderHref && (
        <ButtonLink size="small" icon="older" href={olderHref}>Older messages</ButtonLink>
      )}
      {loadingOlder && (
        <div class="w-full">
          <MessageSkeleton />
        </div>
      )}
      {!hasOlder && (
        <p>
          This is where {room.kind === "direct" && "your conversation with "}
          <bdi>{roomNames(room, viewerId).name}</bdi> begins.
        </p>
      )}
    </div>
  );
}

const spoken = (author: Author | null, body: string) => author ? `${author.name}: ${body}` : body;

/** Screen readers hear what comes in, and only that: not the history, and not what is loaded above. */
function Announcer({ messages }: { messages: ViewMessage[] }) {
  return (
    <div class="sr-only" role="log" aria-live="polite" aria-label="New messages">
      {messages.map((message) => <p key={message.id} dir="auto">{spoken(message.author, message.body)}</p>)}
    </div>
  );
}

/**
 * The conversation. It scrolls from the bottom by CSS alone (`flex-col-reverse` around one wrapper), so that it
 * stands at the newest message before any script runs, and older ones can be put above without a jump.
 */
export function MessageList(props: MessageListProps) {
  const { room, messages, clock, readSeq, viewerId } = props;
  const byId = new Map<string, ViewMessage>(messages.map((message) => [message.id, message]));
  return (
    <div
      ref={props.scrollRef}
      class="ring-inside flex min-h-0 grow flex-col-reverse overflow-y-auto overflow-x-hidden overscroll-contain"
      tabIndex={0}
      role="region"
      aria-label="Messages"
      dir={room.dir}
      lang={room.language}
    >
      <div ref={props.contentRef} class="pb-3">
        {messages.length === 0
          ? (
            <div dir="ltr">
              <EmptyState
                title="Nobody has spoken yet"
                text="Say the first word: somebody is always glad of it."
              />
            </div>
          )
          : <Top {...props} />}
        <ol>
          {layRows(messages, clock, readSeq, viewerId, props.blocked).map((row) => (
            <li key={row.key} data-place={"rows" in row || "message" in row ? "" : undefined}>
              <ListRow list={props} row={row} byId={byId} />
            </li>
          ))}
        </ol>
        {props.newestHref && (
          <div class="flex justify-center px-4 pt-4" dir="ltr">
            <ButtonLink size="small" href={props.newestHref}>Newest messages</ButtonLink>
          </div>
        )}
        <Announcer messages={props.announced ?? []} />
      </div>
    </div>
  );
}
