import { mayEnterLounge } from "../../lib/protocol/permissions.ts";
import type { LanguageRoomView, LoungeView, Viewer } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import {
  DIRECTORY_HREF,
  hrefOf,
  JOIN_HREF,
  LOUNGES_HREF,
  NEW_MESSAGE_HREF,
  NEW_ROOM_HREF,
  SEARCH_HREF,
} from "../links.ts";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Logo } from "../ui/Logo.tsx";
import { Name } from "../ui/Name.tsx";
import { MyRoomLink } from "./MyRoomLink.tsx";
import type { RoomRailProps } from "./props.ts";
import { RailFoot } from "./RailFoot.tsx";

const HEADING = cx("px-2 pb-1 text-xs font-bold text-soft");
const QUIET_LINK = cx(
  "ring-inside flex min-h-[36px] items-center gap-2 rounded px-2 text-sm text-soft no-hover:min-h-[44px]",
  "hover:bg-hover hover:text-ink",
);

function RoomLink(
  { lounge, room, current }: { lounge: LoungeView; room: LanguageRoomView; current: boolean },
) {
  return (
    <li>
      <a
        href={hrefOf({ kind: "language", lounge, ...room })}
        aria-current={current ? "page" : undefined}
        class={cx(
          "ring-inside flex min-h-[36px] items-center gap-2 rounded ps-8 pe-3 no-hover:min-h-[44px]",
          current ? "bg-accent-soft font-bold text-accent-text" : "hover:bg-hover",
        )}
      >
        <Name class="grow" lang={room.language}>{room.name}</Name>
        {room.online > 0 && <OnlineCount count={room.online} />}
      </a>
    </li>
  );
}

function LoungeGroup(
  { lounge, currentRoomId }: { lounge: LoungeView } & Pick<RoomRailProps, "currentRoomId">,
) {
  const here = lounge.rooms.some((room) => room.id === currentRoomId);
  return (
    <details open={here}>
      <summary class="ring-inside group flex min-h-[36px] items-center gap-2 rounded px-2 font-bold hover:bg-hover no-hover:min-h-[44px]">
        <Icon name="open" class="turns size-4 text-soft" />
        <Name class="grow">{lounge.name}</Name>
        {lounge.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
      </summary>
      <ul class="pb-1">
        {lounge.rooms.map((room) => (
          <RoomLink key={room.id} lounge={lounge} room={room} current={room.id === currentRoomId} />
        ))}
      </ul>
    </details>
  );
}

/** Where I am in, the latest activity first. */
function MyRooms({ rooms, currentRoomId, viewer }: RoomRailProps) {
  if (rooms.length === 0) return null;
  return (
    <>
      <h2 id="my-rooms" class={HEADING}>My rooms</h2>
      <ul aria-labelledby="my-rooms" class="pb-2">
        {rooms.map((room) => (
          <li key={room.id}>
            <MyRoomLink room={room} viewerId={viewer?.id ?? null} current={room.id === currentRoomId} />
          </li>
        ))}
      </ul>
    </>
  );
}

type Door = [href: string, icon: IconName, label: string];

const MEMBER_DOORS: Door[] = [
  [SEARCH_HREF, "search", "Search messages"],
  [DIRECTORY_HREF, "hash", "Find a room"],
  [NEW_ROOM_HREF, "plus", "New room"],
  [NEW_MESSAGE_HREF, "write", "New message"],
];
const GUEST_DOORS: Door[] = [[SEARCH_HREF, "search", "Search messages"], [
  JOIN_HREF,
  "lock",
  "Join with a password",
]];

/** The ways to more rooms. */
function Doors({ viewer }: { viewer: Viewer | null }) {
  if (!viewer) return null;
  return (
    <ul class="mb-3 border-b border-line pb-3">
      {(viewer.tier === "member" ? MEMBER_DOORS : GUEST_DOORS).map(([href, icon, label]) => (
        <li key={href}>
          <a href={href} class={QUIET_LINK}>
            <Icon name={icon} class="size-4" />
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The left rail: my rooms, the doors to more, and the lounges with their language rooms. */
export function RoomRail(props: RoomRailProps) {
  const { lounges, currentRoomId, viewer, csrf, closeHref, onClose } = props;
  return (
    <>
      <div class="flex h-14 shrink-0 items-center border-b border-line ps-4 pe-1.5">
        <a href="/" class="me-auto block rounded" aria-label="Parley, home">
          <Logo />
        </a>
        <IconButton
          icon="close"
          label="Back to the conversation"
          href={closeHref}
          onClick={onClose}
          class="md:hidden"
        />
      </div>
      <div class="ring-inside min-h-0 grow overflow-y-auto p-2">
        <MyRooms {...props} />
        <Doors viewer={viewer} />
        <h2 id="lounges" class={HEADING}>Lounges</h2>
        <ul aria-labelledby="lounges">
          {lounges.filter((lounge) => mayEnterLounge(viewer, lounge.ageRating)).map((lounge) => (
            <li key={lounge.id}>
              <LoungeGroup lounge={lounge} currentRoomId={currentRoomId} />
            </li>
          ))}
        </ul>
        <a href={LOUNGES_HREF} class={QUIET_LINK}>All lounges</a>
      </div>
      <RailFoot viewer={viewer} csrf={csrf} onShortcuts={props.onShortcuts} />
    </>
  );
}
