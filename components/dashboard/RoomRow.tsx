import type { UserId } from "../../lib/protocol/ids.ts";
import { roomNames } from "../../lib/protocol/room_names.ts";
import type { LastWords, MessageKind, MyRoom } from "../../lib/protocol/types.ts";
import { type Clock, dayName, fullTime, timeOfDay } from "../clock.ts";
import { cx } from "../cx.ts";
import { hrefOf } from "../links.ts";
import { foldedWords } from "../room/Fold.tsx";
import { ROOM_ICONS } from "../room/room_icon.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { Badge, OnlineCount, UnreadBadge } from "../ui/Badge.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Name, RoomName } from "../ui/Name.tsx";

/** The face of the one I write with; for all other rooms what kind they are. */
function Face({ room, viewerId }: { room: MyRoom; viewerId: UserId }) {
  const others = room.people?.filter(({ id }) => id !== viewerId) ?? [];
  const [other] = others;
  if (room.kind === "direct" && other && others.length === 1) {
    return <Avatar name={other.name} src={other.avatar} />;
  }
  return (
    <span class="inline-flex size-9 shrink-0 items-center justify-center rounded-full bg-sunken text-soft">
      <Icon name={ROOM_ICONS[room.kind]} class="size-5" />
    </span>
  );
}

/** What came with the words: where there were none, they say it themselves. */
const KIND_ICONS: Partial<Record<MessageKind, IconName>> = { IMAGE: "picture", FILE: "file" };

/** Whose words, then the words: each in its own direction, and too long ones lose their end. */
function LastLine(
  { last, dir, mine, folded }: { last: LastWords; dir: MyRoom["dir"]; mine: boolean; folded: boolean },
) {
  const gone = folded ? foldedWords(1) : last.deleted && "A deleted message";
  if (gone) return <span class="block truncate text-sm italic text-soft">{gone}</span>;
  const icon = !last.deed && KIND_ICONS[last.kind];
  return (
    <span class="flex gap-1 text-sm text-soft">
      {last.author && (
        <span class="flex max-w-[50%] shrink-0 font-semibold">
          {mine ? "You" : <Name>{last.author.name}</Name>}
          {last.deed ? " " : ": "}
        </span>
      )}
      {icon && <Icon name={icon} class="size-4 self-center" />}
      <bdi class="block min-w-0 truncate" dir={dir === "rtl" ? "rtl" : "auto"}>
        {last.body}
      </bdi>
    </span>
  );
}

function When({ at, clock }: { at: string; clock: Clock }) {
  const today = dayName(clock, at) === "Today";
  return (
    <time class="text-xs tabular-nums text-soft" dateTime={at} title={fullTime(clock, at)}>
      {today ? timeOfDay(clock, at) : dayName(clock, at)}
    </time>
  );
}

export interface RoomRowProps {
  room: MyRoom;
  clock: Clock;
  viewerId: UserId;
  /** The viewer has blocked who spoke last: neither name nor words are shown. */
  folded: boolean;
}

/** One of my rooms: what was said last, and how much of it is new to me. */
export function RoomRow({ room, clock, viewerId, folded }: RoomRowProps) {
  const { last } = room;
  const { unread } = room;
  const { lounge, name } = roomNames(room, viewerId);
  return (
    <a
      href={hrefOf(room)}
      class="ring-inside flex min-h-[64px] items-center gap-3 px-4 py-3 hover:bg-hover"
      data-room={room.id}
    >
      <Face room={room} viewerId={viewerId} />
      <span class="min-w-0 grow">
        <span class="flex items-center gap-2">
          <Name class={cx(unread > 0 && "font-bold", room.archived && "text-soft")}>
            <RoomName lounge={lounge} name={name} lang={room.language} />
          </Name>
          {room.lounge?.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
          {room.archived && <Badge>archived</Badge>}
          {room.online > 0 && <OnlineCount count={room.online} />}
        </span>
        {last && <LastLine last={last} dir={room.dir} mine={last.author?.id === viewerId} folded={folded} />}
      </span>
      <span class="flex shrink-0 flex-col items-end gap-1">
        {last && <When at={last.at} clock={clock} />}
        <UnreadBadge unread={unread} mentions={room.mentions} />
      </span>
    </a>
  );
}
