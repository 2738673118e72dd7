import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { OpenRoom } from "../../lib/client/open_room.ts";
import type { Call } from "../../lib/protocol/attention.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { roomTitle } from "../../lib/protocol/room_names.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import { hrefOf } from "../links.ts";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Name } from "../ui/Name.tsx";
import { useAttention } from "./use_attention.ts";

export interface AttentionProps {
  /** My rooms as they are now. */
  rooms: readonly MyRoom[];
  viewerId: UserId | null;
  /** Whose words call nobody, once that is known. */
  blocked?: ReadonlySet<UserId>;
  /** The room that the page shows: its id, and the room itself once it is open. */
  shown?: RoomId;
  open?: OpenRoom | null;
  /** For telling the server that this browser is still there. */
  csrf?: string;
}

interface CallCardProps {
  call: Call;
  viewerId: UserId | null;
  onClose: () => void;
}

function CallCard({ call: { room, last, named }, viewerId, onClose }: CallCardProps) {
  const title = roomTitle(room, viewerId);
  return (
    <li class="pointer-events-auto flex w-full max-w-form items-center gap-1 rounded-lg border border-line bg-raised ps-3 pe-1 shadow">
      <a
        href={hrefOf(room)}
        class="ring-inside flex min-h-[56px] min-w-0 grow items-center gap-3 rounded py-2"
      >
        <Icon name={named ? "bell" : "mail"} class="size-5 text-accent-text" />
        <span class="min-w-0">
          <Name class="font-bold leading-5">{title}</Name>
          <span class="block truncate text-sm leading-5 text-soft">
            {last.author && room.kind !== "direct" && (
              <>
                <bdi>{last.author.name}</bdi>
                {last.deed ? " " : ": "}
              </>
            )}
            <bdi>{last.body}</bdi>
          </span>
        </span>
      </a>
      <IconButton icon="close" label={`Dismiss what is new in ${title}`} onClick={onClose} />
    </li>
  );
}

/** Read out by screen readers when something comes into it, so it is there before. */
function makeBoard(): HTMLElement {
  const board = document.createElement("div");
  board.className = cx("pointer-events-none fixed inset-x-3 top-16 z-50");
  board.setAttribute("role", "status");
  board.setAttribute("aria-label", "New elsewhere");
  return board;
}

/**
 * What is new elsewhere and meant for me: politely, and gone by itself. It stands at the page's end, for the list of rooms
 * that it follows may be out of sight.
 */
export function Attention({ rooms, viewerId, blocked, shown, open, csrf }: AttentionProps) {
  const page = { rooms, open: open ?? null, shown: shown ?? null, me: viewerId, blocked, csrf };
  const { calls, dismiss } = useAttention(page);
  const board = useRef<HTMLElement | null>(null);
  useEffect(() => {
    board.current = makeBoard();
    document.body.append(board.current);
    return () => {
      render(null, board.current!);
      board.current!.remove();
    };
  }, []);
  useEffect(() => {
    if (board.current) render(<Calls calls={calls} viewerId={viewerId} dismiss={dismiss} />, board.current);
  }, [calls]);
  return null;
}

function Calls(
  { calls, viewerId, dismiss }: { calls: Call[]; viewerId: UserId | null; dismiss: (call: Call) => void },
) {
  if (calls.length === 0) return null;
  return (
    <ul class="flex flex-col items-center gap-2">
      {calls.map((call) => (
        <CallCard
          key={call.room.id}
          call={call}
          viewerId={viewerId}
          onClose={() => dismiss(call)}
        />
      ))}
    </ul>
  );
}
