import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RoomId, UserId } from "../../../lib/protocol/ids.ts";
import { roomNames } from "../../../lib/protocol/room_names.ts";
import type { MyRoom } from "../../../lib/protocol/types.ts";
import { cx } from "../../cx.ts";
import { hrefOf } from "../../links.ts";
import { ROOM_ICONS } from "../../room/room_icon.ts";
import { matchingRooms } from "../../room/switcher_match.ts";
import { UnreadBadge } from "../../ui/Badge.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Name, RoomName } from "../../ui/Name.tsx";

export interface SwitcherProps {
  /** Mine, as they are when it is opened; the latest activity first. */
  rooms: readonly MyRoom[];
  viewerId: UserId | null;
  /** The room that the page shows. */
  shown?: RoomId;
  onClose: () => void;
}

/** More are found by another letter. */
const SHOWN = 12;
const LIST = "switcher-rooms";
const optionId = (room: MyRoom) => `switch-${room.id}`;

function Option({ room, viewerId, active }: { room: MyRoom; viewerId: UserId | null; active: boolean }) {
  const { lounge, name } = roomNames(room, viewerId);
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <a
      ref={row}
      id={optionId(room)}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      href={hrefOf(room)}
      class={cx(
        "flex min-h-[44px] items-center gap-3 rounded px-3",
        active ? "bg-accent-soft text-accent-text" : "hover:bg-hover",
      )}
    >
      <Icon name={ROOM_ICONS[room.kind]} class="size-4 text-soft" />
      <Name class="grow">
        <RoomName lounge={lounge} name={name} lang={room.language} />
      </Name>
      <UnreadBadge unread={room.unread} mentions={room.mentions} />
    </a>
  );
}

/** Another room by a few letters: type, arrows, Enter. A modal dialog: the page behind it waits. */
export function Switcher({ rooms, viewerId, shown, onClose }: SwitcherProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  // Before the next key: whoever types on after the shortcut means the search.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const others = rooms.filter(({ id }) => id !== shown);
  const found = matchingRooms(others, query, viewerId).slice(0, SHOWN);
  const active = found[Math.min(at, found.length - 1)];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length > 0) setAt((at + step + found.length) % found.length);
    else if (event.key === "Enter" && active) location.assign(hrefOf(active));
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      class="m-auto mt-24 w-full max-w-form rounded-lg border border-line bg-raised p-0 text-ink shadow"
      aria-label="Go to a room"
      onClose={onClose}
      // What lies around the box is the dialog itself.
      onClick={({ target }) => target === dialog.current && dialog.current?.close()}
    >
      <div class="flex max-h-[70vh] flex-col">
        <label class="flex items-center gap-3 border-b border-line px-4">
          <Icon name="search" class="size-5 text-soft" />
          <input
            autofocus
            type="text"
            role="combobox"
            class="ring-inside min-h-[52px] min-w-0 grow outline-none"
            placeholder="Go to a room…"
            aria-label="Go to a room"
            aria-expanded="true"
            aria-controls={LIST}
            aria-activedescendant={active && optionId(active)}
            autocomplete="off"
            dir="auto"
            value={query}
            onInput={({ currentTarget }) => {
              setQuery(currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </label>
        <div id={LIST} role="listbox" aria-label="Rooms" class="min-h-0 grow overflow-y-auto p-2">
          {found.map((room) => (
            <Option key={room.id} room={room} viewerId={viewerId} active={room === active} />
          ))}
        </div>
        {found.length === 0 && (
          <p class="px-5 pb-5 text-soft" role="status">
            {others.length === 0 ? "You have no other rooms yet." : "No room of yours is called that."}
          </p>
        )}
      </div>
    </dialog>
  );
}
