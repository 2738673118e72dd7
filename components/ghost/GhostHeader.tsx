import { OnlineCount } from "../ui/Badge.tsx";
import { cx } from "../cx.ts";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import type { RoomHeaderProps } from "../room/props.ts";
import { CountdownRing } from "./CountdownRing.tsx";

export interface GhostHeaderProps extends RoomHeaderProps {
  /** Milliseconds. */
  left: number;
  life: number;
}

function PeopleButton({ online, expanded, onClick, class: extra }: {
  online: number;
  expanded?: boolean;
  onClick?: () => void;
  class: string;
}) {
  return (
    <button
      type="button"
      class={cx(
        "min-h-[44px] items-center gap-2 rounded px-3 text-soft hover:bg-hover hover:text-ink",
        extra,
      )}
      aria-expanded={expanded}
      onClick={onClick}
    >
      <Icon name="people" />
      <OnlineCount count={online} />
      <span class="sr-only">, people</span>
    </button>
  );
}

/** Said once at each of the two marks: the same words are not read out again. */
function warning(left: number): string {
  if (left > 600_000) return "";
  return left > 60_000 ? "Ten minutes left." : "One minute left.";
}

/** What one must not forget while talking: who can read, and how long. */
export function GhostHeader(props: GhostHeaderProps) {
  const { room, online } = props;
  return (
    <header class="flex h-14 shrink-0 items-center gap-2 border-b border-line pe-1.5 md:ps-4">
      <IconButton icon="menu" label="About this room" onClick={props.onRooms} class="md:hidden" />
      <div class="min-w-0 grow">
        <p class="truncate font-bold leading-5">Ghost room</p>
        <p class="flex items-center gap-1 text-sm leading-5 text-soft">
          <Icon
            name={room.encrypted ? "lock" : "unlock"}
            class={cx("size-4", room.encrypted ? "text-good" : "text-warn")}
          />
          <span class="truncate">
            {room.encrypted ? "We cannot read this" : "We can read this"}
          </span>
        </p>
      </div>
      <CountdownRing left={props.left} life={props.life} />
      <span class="sr-only" role="status">{warning(props.left)}</span>
      <PeopleButton online={online} onClick={props.onPeople} class="flex lg:hidden" />
      <PeopleButton
        online={online}
        expanded={props.peopleOpen}
        onClick={props.onTogglePeople}
        class="hidden lg:flex"
      />
    </header>
  );
}
