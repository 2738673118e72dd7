import { cx } from "../cx.ts";
import { roomNames } from "../../lib/protocol/room_names.ts";
import { Badge, OnlineCount } from "../ui/Badge.tsx";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Name, RoomName } from "../ui/Name.tsx";
import type { RoomHeaderProps } from "./props.ts";
import { ROOM_ICONS } from "./room_icon.ts";

interface PeopleButtonProps {
  online: number;
  expanded?: boolean;
  href: string;
  onClick?: () => void;
  class: string;
}

function PeopleButton({ online, expanded, href, onClick, class: extra }: PeopleButtonProps) {
  const looks = cx(
    "min-h-[44px] items-center gap-2 rounded px-3 text-soft hover:bg-hover hover:text-ink",
    extra,
  );
  const face = (
    <>
      <Icon name="people" />
      <OnlineCount count={online} />
      <span class="sr-only">, people</span>
    </>
  );
  if (!onClick) return <a href={href} class={looks}>{face}</a>;
  return <button type="button" class={looks} aria-expanded={expanded} onClick={onClick}>{face}</button>;
}

/** Its kind, room and lounge, topic, the search in it, people online, and the way to its settings. */
export function RoomHeader(props: RoomHeaderProps) {
  const { room, online } = props;
  const { lounge, name } = roomNames(room, props.viewerId);
  return (
    <header class="flex h-14 shrink-0 items-center gap-1 border-b border-line pe-1.5 md:ps-4">
      <IconButton
        icon="menu"
        label="Rooms"
        href={props.roomsHref}
        onClick={props.onRooms}
        class="md:hidden"
      />
      <div class="min-w-0 grow basis-0">
        <div class="flex items-center gap-2">
          <Icon name={ROOM_ICONS[room.kind]} class="size-4 text-soft" />
          <Name class="font-bold leading-5">
            <RoomName lounge={lounge} name={name} lang={room.language} />
          </Name>
          {room.lounge?.ageRating === "_18PLUS_RED" && <Badge tone="red">RED</Badge>}
          {room.archived && <Badge>Archived</Badge>}
        </div>
        {room.topic && <Name class="text-sm leading-5 text-soft">{room.topic}</Name>}
      </div>
      {props.searchHref && (
        <IconButton
          icon="search"
          label="Search this room"
          href={props.searchHref}
          keys={props.searchKeys}
        />
      )}
      <PeopleButton online={online} href={props.peopleHref} onClick={props.onPeople} class="flex lg:hidden" />
      {props.onTogglePeople && (
        <PeopleButton
          online={online}
          href={props.peopleHref}
          expanded={props.peopleOpen}
          onClick={props.onTogglePeople}
          class="hidden lg:flex"
        />
      )}
      {props.settingsHref && <IconButton icon="settings" label="Room settings" href={props.settingsHref} />}
    </header>
  );
}
