import { useMemo } from "preact/hooks";
import { saidBy, wordsOf } from "../../lib/protocol/message_words.ts";
import type { Emoji } from "../../lib/protocol/markdown/plain_text.ts";
import { roomNames } from "../../lib/protocol/room_names.ts";
import type { Known } from "../markdown/known.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { MessageSkeleton } from "../ui/Skeleton.tsx";
import { Fold } from "./Fold.tsx";
import { DayLine, NewLine } from "./ListLines.tsx";
import { MessageItem } from "./MessageItem.tsx";
import type { RowPosition } from "./message_props.ts";
import type { MessageListProps, ViewMessage } from "./props.ts";
import { indexOfMessage, isBy, layRows, type MessageRow, type Row } from "./rows.ts";

const NOTHING_KNOWN: Known = {};
const nobody = () => undefined;

type ListRowProps = { row: Row; list: MessageListProps; byId: ReadonlyMap<string, ViewMessage> };

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
  const own = message.author !== null && message.author.id === list.viewerId;
  return (
    <MessageItem
      message={message}
      first={first}
      own={own}
      viewerId={list.viewerId}
      known={list.known ?? NOTHING_KNOWN}
      nameOf={list.nameOf ?? nobody}
      replied={replied || undefined}
      repliedHere={message.replyTo !== undefined && byId.has(message.replyTo)}
      repliedFolded={isBy(list.blocked, replied || undefined)}
      seesHistory={own || list.keepsOrder === true}
      clock={list.clock}
      deleting={list.deleting === message.id}
      highlighted={list.highlighted === message.id}
      sought={list.sought === message.id}
      reacting={list.reacting?.get(message.id)}
      opened={list.opened === message.id}
      actions={list.actions}
      files={list.files}
    />
  );
}

/** The conversation's rows. Margins stay within a row, so that its height is all the room it takes. */
function Rows(props: MessageListProps) {
  const { messages, clock, readSeq, viewerId, blocked, drawRows } = props;
  const rows = useMemo(
    () => layRows(messages, clock, readSeq, viewerId, blocked),
    [messages, clock, readSeq, viewerId, blocked],
  );
  const byId = useMemo(
    () => new Map<string, ViewMessage>(messages.map((message) => [message.id, message])),
    [messages],
  );
  const draw = (row: Row, position: RowPosition) => (
    <li
      key={row.key}
      class="flow-root"
      data-place={"rows" in row || "message" in row ? "" : undefined}
      {...position}
    >
      <ListRow list={props} row={row} byId={byId} />
    </li>
  );
  if (!drawRows) return <ol>{rows.map((row) => draw(row, {}))}</ol>;
  const shown = [props.highlighted, props.opened, props.deleting].flatMap((id) => {
    const index = id ? indexOfMessage(rows, id) : -1;
    return index < 0 ? [] : [index];
  });
  return <>{drawRows({ rows, draw, shown, more: props.hasOlder })}</>;
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

function spoken(message: ViewMessage, emoji?: Emoji): string {
  const words = wordsOf(message, emoji);
  return message.author ? saidBy(message.author.name, words) : words.text;
}

/** Screen readers hear what comes in, and only that: not the history, and not what is loaded above. */
function Announcer({ messages, emoji }: { messages: ViewMessage[]; emoji?: Emoji }) {
  return (
    <div class="sr-only" role="log" aria-live="polite" aria-label="New messages">
      {messages.map((message) => <p key={message.id} dir="auto">{spoken(message, emoji)}</p>)}
    </div>
  );
}

/**
 * The conversation. It scrolls from the bottom by CSS alone (`flex-col-reverse` around one wrapper), so that it
 * stands at the newest message before any script runs, and older ones can be put above without a jump.
 */
export function MessageList(props: MessageListProps) {
  const { room, messages } = props;
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
        <Rows {...props} />
        {props.loadingNewer && <MessageSkeleton />}
        {props.newestHref && (
          <div class="flex justify-center px-4 pt-4" dir="ltr">
            <ButtonLink size="small" href={props.newestHref}>Newest messages</ButtonLink>
          </div>
        )}
        <Announcer messages={props.announced ?? []} emoji={props.known?.emoji} />
      </div>
    </div>
  );
}
