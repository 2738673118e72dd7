import { useRoomFiles } from "../components/live/files/use_room_files.ts";
import { LiveLevel } from "../components/live/LiveLevel.tsx";
import { LiveRail } from "../components/live/LiveRail.tsx";
import { LiveRoom } from "../components/live/LiveRoom.tsx";
import { useOpenRoom } from "../components/live/use_open_room.ts";
import { messageFiles } from "../components/room/Attachments.tsx";
import type { RoomPageProps, RoomRailProps } from "../components/room/props.ts";
import { RoomHeader } from "../components/room/RoomHeader.tsx";
import { openRoom } from "../lib/client/open_room.ts";
import { typedAlready } from "../lib/client/page.ts";
import type { Viewer } from "../lib/protocol/types.ts";

export interface RoomProps extends RoomPageProps {
  viewer: Viewer;
}

/** A room of whatever kind that takes a session of this site, live. */
export default function Room(props: RoomProps) {
  const open = useOpenRoom(() => openRoom(props, typedAlready()));
  const attaching = useRoomFiles({ ...props, roomId: props.snapshot.roomId });
  const rail = (rail: RoomRailProps) => <LiveRail {...rail} open={open} />;
  return (
    <LiveRoom
      {...props}
      open={open}
      attaching={attaching}
      files={messageFiles}
      header={RoomHeader}
      rail={rail}
      notify={props.level !== undefined && <LiveLevel {...props} open={open} level={props.level} />}
    />
  );
}
