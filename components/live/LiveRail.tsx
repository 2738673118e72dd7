import type { OpenRoom } from "../../lib/client/open_room.ts";
import type { RoomRailProps } from "../room/props.ts";
import { RoomRail } from "../room/RoomRail.tsx";
import { useRoomsWatch } from "./use_rooms_watch.ts";

/** The rail with my rooms as they are now. News of other rooms draws the rail anew, and nothing beside it. */
export function LiveRail({ open, ...rail }: RoomRailProps & { open: OpenRoom | null }) {
  const rooms = useRoomsWatch(open, rail.rooms, rail.viewer?.id);
  return <RoomRail {...rail} rooms={rooms} />;
}
