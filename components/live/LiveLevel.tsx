import { useState } from "preact/hooks";
import { browserFetch, writeCall } from "../../lib/client/api.ts";
import type { OpenRoom } from "../../lib/client/open_room.ts";
import { asRefusal } from "../../lib/client/refusal.ts";
import type { NotifyLevel as Level } from "../../lib/protocol/forms/notifications.ts";
import { NotifyLevel } from "../room/NotifyLevel.tsx";
import type { RoomPageProps } from "../room/props.ts";

export interface LiveLevelProps extends Pick<RoomPageProps, "snapshot" | "csrf" | "path"> {
  /** Null until it is open. */
  open: OpenRoom | null;
  level: Level | null;
}

/** What I am told of this room: chosen without leaving it, once the room is open; before that it is the form it looks like. */
export function LiveLevel(
  { open, snapshot: { room }, csrf, path, level }: LiveLevelProps,
) {
  const [chosen, setChosen] = useState(level);
  const [said, setSaid] = useState<string>();
  const save = async (level: Level | null) => {
    setChosen(level);
    setSaid(undefined);
    try {
      await writeCall(browserFetch, csrf)("PUT", `/api/notifications/rooms/${room.id}`, { level });
      setSaid("Saved.");
    } catch (error) {
      setChosen(chosen);
      setSaid(asRefusal(error).message);
    }
  };
  return (
    <NotifyLevel
      room={room}
      level={chosen}
      csrf={csrf}
      next={`${path}?pane=people`}
      onLevel={open ? save : undefined}
      said={said}
    />
  );
}
