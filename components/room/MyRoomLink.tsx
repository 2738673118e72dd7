import type { UserId } from "../../lib/protocol/ids.ts";
import { roomNames } from "../../lib/protocol/room_names.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { hrefOf } from "../links.ts";
import { UnreadBadge } from "../ui/Badge.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Name, RoomName } from "../ui/Name.tsx";
import { ROOM_ICONS } from "./room_icon.ts";

export interface MyRoomLinkProps {
  room: MyRoom;
  viewerId: UserId | null;
  /** It is the page one is on. */
  current: boolean;
}

/** One of my rooms in the rail: what it is called, and whether there is something new in it. */
export function MyRoomLink({ room, viewerId, current }: MyRoomLinkProps) {
  const { lounge, name } = roomNames(room, viewerId);
  const { unread } = room;
  return (
    <a
      href={hrefOf(room)}
      aria-current={current ? "page" : undefined}
      class={cx(
        "ring-inside flex min-h-[36px] items-center gap-2 rounded px-2 no-hover:min-h-[44px]",
        current ? "bg-accent-soft font-bold text-accent-text" : "hover:bg-hover",
        !current && unread > 0 && "font-bold",
      )}
      data-room={room.id}
    >
      <Icon name={ROOM_ICONS[room.kind]} class={cx("size-4", !current && "text-soft")} />
      <Name class={cx("grow", room.archived && !current && "text-soft")}>
        <RoomName lounge={lounge} name={name} lang={room.language} />
      </Name>
      <UnreadBadge unread={unread} mentions={room.mentions} />
    </a>
  );
}
