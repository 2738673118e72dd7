import { useEffect, useState } from "preact/hooks";
import { Farewell } from "../components/ghost/Farewell.tsx";
import { GhostDoor } from "../components/ghost/GhostDoor.tsx";
import { GhostFrame } from "../components/ghost/GhostFrame.tsx";
import { Inside } from "../components/live/ghost/Inside.tsx";
import { RoomLink } from "../components/live/ghost/later.ts";
import { useCountdown } from "../components/live/ghost/use_countdown.ts";
import { useVisit } from "../components/live/ghost/use_visit.ts";
import type { GhostRoomInfo } from "../lib/client/ghost/calls.ts";
import { keptOf } from "../lib/client/ghost/keeping.ts";

/** The key to close a room is its maker's, and this tab's. */
function useOwnerKey(token: string): string | undefined {
  const [ownerKey, setOwnerKey] = useState<string>();
  useEffect(() => setOwnerKey(keptOf(sessionStorage, token).ownerKey), []);
  return ownerKey;
}

function useDoorRoom(info: GhostRoomInfo | null) {
  const left = useCountdown(info?.expiresAt ?? new Date(0).toISOString());
  if (!info) return null;
  return {
    left,
    life: Date.parse(info.expiresAt) - Date.parse(info.createdAt),
    taken: info.participantCount,
    capacity: info.capacity,
    encrypted: info.encrypted,
  };
}

/** A ghost room: its door, its inside, and the way out. The key in the address never leaves the browser. */
export default function GhostRoom({ token }: { token: string }) {
  const visit = useVisit(token);
  const { door, stage } = visit;
  const ownerKey = useOwnerKey(token);
  const room = useDoorRoom(door.info);
  if (stage.at === "inside" && door.info) {
    return (
      <Inside
        room={stage.room}
        createdAt={door.info.createdAt}
        expiresAt={door.info.expiresAt}
        error={visit.errors?.form}
        onLeave={visit.leave}
        onCloseRoom={ownerKey ? () => visit.closeRoom(ownerKey) : undefined}
        onOut={visit.out}
      />
    );
  }
  return (
    <GhostFrame>
      {stage.at === "out"
        ? <Farewell reason={stage.reason} over={stage.over} onBack={visit.backToDoor} />
        : (
          <GhostDoor
            room={room}
            barred={door.barred}
            nickname={visit.nickname}
            onNickname={visit.setNickname}
            onJoin={visit.join}
            onAgain={visit.backToDoor}
            busy={visit.busy}
            errors={visit.errors}
            made={ownerKey && door.info ? <RoomLink encrypted={door.info.encrypted} /> : undefined}
          />
        )}
    </GhostFrame>
  );
}
