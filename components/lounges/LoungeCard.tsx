import type { LanguageRoomView, LoungeView } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { roomHref } from "../links.ts";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { Name } from "../ui/Name.tsx";
import { onlineIn, roomsFor } from "./order.ts";

interface RoomDoorProps {
  lounge: LoungeView;
  room: LanguageRoomView;
  mine: boolean;
}

function RoomDoor({ lounge, room, mine }: RoomDoorProps) {
  return (
    <a
      href={roomHref(lounge, room)}
      class={cx(
        "flex min-h-[44px] items-center gap-3 rounded border px-3 hover:bg-hover hover:border-strong",
        mine ? "border-accent bg-accent-soft" : "border-line bg-paper",
      )}
    >
      <Name class={cx("grow", mine && "font-bold")} lang={room.language}>{room.name}</Name>
      <OnlineCount count={room.online} />
    </a>
  );
}

export interface LoungeCardProps {
  lounge: LoungeView;
  /** The reader's language, as a BCP 47 tag. */
  language: string;
  level?: "h1" | "h2";
}

/** A lounge and the doors to its language rooms. */
export function LoungeCard({ lounge, language, level: Heading = "h2" }: LoungeCardProps) {
  const mine = language.split("-")[0];
  return (
    <section
      id={lounge.slug}
      class="rounded-lg border border-line bg-raised p-4 md:p-6"
      aria-labelledby={`${lounge.slug}-name`}
    >
      <div class="flex items-center gap-3">
        <Heading id={`${lounge.slug}-name`} class="min-w-0 truncate text-xl font-extrabold tracking-tight">
          <bdi>{lounge.name}</bdi>
        </Heading>
        {lounge.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
        <span class="ms-auto">
          <OnlineCount count={onlineIn(lounge)} worded />
        </span>
      </div>
      {lounge.description && <p class="mt-1 text-soft">{lounge.description}</p>}
      <ul class="mt-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4">
        {roomsFor(language, lounge.rooms).map((room) => (
          <li key={room.id}>
            <RoomDoor lounge={lounge} room={room} mine={room.language === mine} />
          </li>
        ))}
      </ul>
    </section>
  );
}
