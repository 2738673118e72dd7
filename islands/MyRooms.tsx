import { useEffect, useState } from "preact/hooks";
import { RoomList, type RoomListProps } from "../components/dashboard/RoomList.tsx";
import { useReaderClock } from "../components/live/use_reader_clock.ts";
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
  return <RoomList rooms={rooms} viewerId={props.viewerId} clock={clock} />;
}
