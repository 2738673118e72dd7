import { useEffect, useState } from "preact/hooks";
import { RoomList, type RoomListProps } from "../components/dashboard/RoomList.tsx";
import { Attention } from "../components/live/Attention.tsx";
import { useReaderClock } from "../components/live/use_reader_clock.ts";
import { useShortcuts } from "../components/live/use_shortcuts.ts";
import { useSearchKey } from "../components/live/use_search_key.ts";
import { useSwitcher } from "../components/live/use_switcher.ts";
import { SEARCH_HREF } from "../components/links.ts";
import { watchMyRooms } from "../lib/client/my_rooms.ts";
import type { MyRoom } from "../lib/protocol/types.ts";

export interface MyRoomsProps extends Omit<RoomListProps, "rooms"> {
  rooms: MyRoom[];
  csrf: string;
}

/** The list of my rooms, live. */
export default function MyRooms(props: MyRoomsProps) {
  const [rooms, setRooms] = useState<readonly MyRoom[]>(props.rooms);
  const clock = useReaderClock(props.clock);
  useEffect(() => watchMyRooms({ rooms: props.rooms, me: props.viewerId, csrf: props.csrf }, setRooms), []);
  useSwitcher({ rooms, viewerId: props.viewerId });
  useShortcuts();
  useSearchKey(SEARCH_HREF);
  return (
    <>
      <RoomList rooms={rooms} viewerId={props.viewerId} blocked={props.blocked} clock={clock} />
      <Attention
        rooms={rooms}
        viewerId={props.viewerId}
        blocked={new Set(props.blocked)}
        csrf={props.csrf}
      />
    </>
  );
}
