import type { UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import type { Clock } from "../clock.ts";
import { LOUNGES_HREF } from "../links.ts";
import { ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { RoomRow } from "./RoomRow.tsx";

export interface RoomListProps {
  /** The latest activity first. */
  rooms: readonly MyRoom[];
  viewerId: UserId;
  /** Whose words are not shown. */
  blocked: readonly UserId[];
  clock: Clock;
}

/** My rooms. The server draws it, and a live page draws it again when something happens. */
export function RoomList({ rooms, viewerId, blocked, clock }: RoomListProps) {
  if (rooms.length === 0) {
    return (
      <EmptyState
        title="You have not been anywhere yet"
        text="Walk into a lounge, or make a room of your own: what is new there will be counted here."
      >
        <ButtonLink kind="primary" icon="lounges" href={LOUNGES_HREF}>See the lounges</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <ul class="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomRow
            room={room}
            clock={clock}
            viewerId={viewerId}
            folded={blocked.some((id) => id === room.last?.author?.id)}
          />
        </li>
      ))}
    </ul>
  );
}
