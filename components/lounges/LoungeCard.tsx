import type { LanguageRoomView, LoungeView } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { hrefOf, loungePlace } from "../links.ts";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { Name } from "../ui/Name.tsx";
import { liveLounge, liveRoom } from "./live.ts";
import { onlineIn, ownRoom, roomsFor } from "./order.ts";

interface RoomDoorProps {
  lounge: LoungeView;
  room: LanguageRoomView;
  mine: boolean;
}

function RoomDoor({ lounge, room, mine }: RoomDoorProps) {
  return (
    <a
      href={hrefOf({ kind: "language", lounge, ...room })}
      class={cx(
        "flex min-h-[44px] items-center gap-3 rounded border px-3 hover:bg-hover hover:border-strong",
        mine ? "border-accent bg-accent-soft" : "border-line bg-paper",
      )}
    >
      <Name class={cx(mine ? "font-bold" : "grow")} lang={room.language}>{room.name}</Name>
      {mine && <span class="grow whitespace-nowrap text-sm text-accent-text">Your language</span>}
      <OnlineCount count={room.online} live={liveRoom(room.id)} />
    </a>
  );
}

export interface LoungeCardProps {
  lounge: LoungeView;
  /** The reader's languages, best first: BCP 47 tags. */
  languages: string[];
  /** It is the page: its name is the page's heading, and the reader's own room its main button. */
  alone?: boolean;
}

function Doors({ lounge, languages, own }: LoungeCardProps & { own?: LanguageRoomView }) {
  if (lounge.rooms.length === 0) return <p class="mt-4 text-soft">No room is open here yet.</p>;
  return (
    <ul class="mt-4 grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-4">
      {roomsFor(languages, lounge.rooms).map((room) => (
        <li key={room.id} class={room === own ? cx("col-span-2") : undefined}>
          <RoomDoor lounge={lounge} room={room} mine={room === own} />
        </li>
      ))}
    </ul>
  );
}

/** Straight into the reader's own room. */
function MainDoor({ lounge, room }: Omit<RoomDoorProps, "mine">) {
  return (
    <div class="mt-4">
      <ButtonLink
        kind="primary"
        size="large"
        icon="enter"
        href={hrefOf({ kind: "language", lounge, ...room })}
      >
        <span>
          Enter <bdi lang={room.language}>{room.name}</bdi>
        </span>
      </ButtonLink>
    </div>
  );
}

/** A lounge and the doors to its language rooms; the reader's own first. */
export function LoungeCard(props: LoungeCardProps) {
  const { lounge, languages, alone } = props;
  const own = ownRoom(languages, lounge.rooms);
  const Heading = alone ? "h1" : "h2";
  const place = loungePlace(lounge.slug);
  return (
    <section
      id={place}
      class="rounded-lg border border-line bg-raised p-4 md:p-6"
      aria-labelledby={`${place}-name`}
    >
      <div class="flex items-center gap-3">
        <Heading id={`${place}-name`} class="min-w-0 truncate text-xl font-extrabold tracking-tight">
          <bdi>{lounge.name}</bdi>
        </Heading>
        {lounge.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
        <span class="ms-auto">
          <OnlineCount count={onlineIn(lounge)} live={liveLounge(lounge.id)} worded />
        </span>
      </div>
      {lounge.description && <p class="mt-1 text-soft" dir="auto">{lounge.description}</p>}
      {alone && own && <MainDoor lounge={lounge} room={own} />}
      <Doors {...props} own={own} />
    </section>
  );
}
