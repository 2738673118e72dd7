import type { RoomId } from "../../lib/protocol/ids.ts";
import type { LoungeView } from "../../lib/protocol/types.ts";
import { type Clock, dayName, fullTime, timeOfDay } from "../clock.ts";
import { cx } from "../cx.ts";
import { roomHref } from "../links.ts";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { Name, RoomName } from "../ui/Name.tsx";

/** A language room that I have read in. */
export interface MyRoom {
  id: RoomId;
  lounge: Pick<LoungeView, "slug" | "name" | "ageRating">;
  language: string;
  name: string;
  dir: "ltr" | "rtl";
  /** Messages after my read pointer. */
  unread: number;
  online: number;
  last?: {
    /** Left out for what the house says. */
    author?: string;
    body: string;
    /** The words are gone. */
    deleted: boolean;
    /** ISO 8601, UTC. */
    at: string;
  };
}

/** Past this the exact number says no more. */
const UNREAD_SHOWN = 99;

function Unread({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span class="inline-flex min-w-[1.5rem] shrink-0 items-center justify-center rounded-full bg-accent px-2 text-sm font-bold tabular-nums text-accent-ink">
      {count > UNREAD_SHOWN ? `${UNREAD_SHOWN}+` : count}
      <span class="sr-only">new</span>
    </span>
  );
}

function LastWords({ last, dir }: { last: NonNullable<MyRoom["last"]>; dir: MyRoom["dir"] }) {
  if (last.deleted) return <span class="block truncate text-sm italic text-soft">A deleted message</span>;
  return (
    <span class="block truncate text-sm text-soft">
      {last.author && (
        <>
          <bdi class="font-semibold">{last.author}</bdi>
          {": "}
        </>
      )}
      <bdi dir={dir}>{last.body}</bdi>
    </span>
  );
}

/** One of my rooms: what was said last, and how much of it is new to me. */
export function RoomRow({ room, clock }: { room: MyRoom; clock: Clock }) {
  const { lounge, last, unread } = room;
  const today = last && dayName(clock, last.at) === "Today";
  return (
    <a
      href={roomHref(lounge, room)}
      class="ring-inside flex min-h-[64px] items-center gap-4 px-4 py-3 hover:bg-hover"
      data-room={room.id}
    >
      <span class="min-w-0 grow">
        <span class="flex items-center gap-2">
          <Name class={cx(unread > 0 && "font-bold")}>
            <RoomName lounge={lounge.name} name={room.name} lang={room.language} />
          </Name>
          {lounge.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
          {room.online > 0 && <OnlineCount count={room.online} />}
        </span>
        {last && <LastWords last={last} dir={room.dir} />}
      </span>
      <span class="flex shrink-0 flex-col items-end gap-1">
        {last && (
          <time class="text-xs tabular-nums text-soft" dateTime={last.at} title={fullTime(clock, last.at)}>
            {today ? timeOfDay(clock, last.at) : dayName(clock, last.at)}
          </time>
        )}
        <Unread count={unread} />
      </span>
    </a>
  );
}
