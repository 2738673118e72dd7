import type { OpenRoom } from "../../lib/client/open_room.ts";
import type { RoomRailProps } from "../room/props.ts";
import { RoomRail } from "../room/RoomRail.tsx";
import { roomSearchHref } from "../links.ts";
import { Attention } from "./Attention.tsx";
import { useSearchKey } from "./use_search_key.ts";
import { useRoomsWatch } from "./use_rooms_watch.ts";
import { showShortcuts, useShortcuts } from "./use_shortcuts.ts";
import { useSwitcher } from "./use_switcher.ts";

/** The rail with my rooms as they are now. News of other rooms draws the rail anew, and nothing beside it. */
export function LiveRail({ open, ...rail }: RoomRailProps & { open: OpenRoom | null }) {
  const rooms = useRoomsWatch(open, rail.rooms, rail.viewer?.id);
  const { viewer, currentRoomId, csrf } = rail;
  useSwitcher({ rooms, viewerId: viewer?.id ?? null, shown: currentRoomId });
  useShortcuts();
  useSearchKey(roomSearchHref({ id: currentRoomId }));
  return (
    <>
      <RoomRail {...rail} rooms={rooms} onShortcuts={open ? showShortcuts : undefined} />
      {viewer && (
        <Attention
          rooms={rooms}
          viewerId={viewer.id}
          blocked={open?.blocks.ids}
          shown={currentRoomId}
          open={open}
          csrf={csrf}
        />
      )}
    </>
  );
}
