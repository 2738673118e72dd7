import { useEffect, useMemo } from "preact/hooks";
import type { EnteredRoom } from "../../../lib/client/ghost/enter.ts";
import type { OpenRoom } from "../../../lib/client/open_room.ts";
import { tellTitle } from "../../../lib/client/page.ts";
import { closedBecause } from "../../../lib/client/view_messages.ts";
import { FILE_MAX_BYTES } from "../../../lib/protocol/limits.ts";
import { GhostHeader } from "../../ghost/GhostHeader.tsx";
import { GhostRail } from "../../ghost/GhostRail.tsx";
import { GHOST_ROOMS_HREF } from "../../links.ts";
import type { RoomHeaderProps } from "../../room/props.ts";
import { LiveRoom } from "../LiveRoom.tsx";
import { useOpenRoom } from "../use_open_room.ts";
import { CloseRoom, RoomLink } from "./later.ts";
import { useFiles } from "./use_files.tsx";
import { useCountdown } from "./use_countdown.ts";

export interface InsideProps {
  room: EnteredRoom;
  /** ISO 8601. */
  createdAt: string;
  expiresAt: string;
  /** What was refused. */
  error?: string;
  onLeave: () => void;
  onCloseRoom?: () => void;
  /** One is out; `over` when the room is, too. */
  onOut: (reason: string, over: boolean) => void;
}

const OVER = "Its time is over.";

/** Has a clock of its own, so that a second that passes draws nothing else again. */
function Header({ createdAt, expiresAt, ahead, ...props }: RoomHeaderProps & {
  createdAt: string;
  expiresAt: string;
  ahead: number;
}) {
  const left = useCountdown(expiresAt, ahead);
  return <GhostHeader {...props} left={left} life={Date.parse(expiresAt) - Date.parse(createdAt)} />;
}

/** Tells when the room has let go of us: closed, ended, or no place any more. The end comes without a network too. */
function useEnd({ room, expiresAt, onOut }: InsideProps, open: OpenRoom | null) {
  useEffect(() => {
    if (!open) return;
    let over = false;
    const stops = [
      room.socket.onEvents((events) => over ||= events.some(({ type }) => type === "room_closed")),
      open.client.subscribe((view) => {
        const reason = closedBecause(view);
        if (reason) onOut(reason, over);
      }),
    ];
    const wait = Math.max(0, Date.parse(expiresAt) - Date.now() - room.clockAhead);
    // A week and a second, at most: within what a timer can count.
    const timer = setTimeout(() => onOut(OVER, true), wait + 1000);
    return () => {
      for (const stop of stops) stop();
      clearTimeout(timer);
      tellTitle(0);
    };
  }, [open]);
}

/** What the island gives the room's views that no server has drawn. */
function drawn(room: EnteredRoom) {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return {
    viewer: room.viewer,
    snapshot: room.snapshot,
    rooms: [],
    lounges: [],
    blocked: [],
    csrf: "",
    action: "",
    clientId: "",
    clock: { locale, timeZone, now: new Date().toISOString() },
    path: location.pathname,
    guestHref: "",
    pane: "conversation" as const,
    peopleOpen: true,
    fileMaxBytes: FILE_MAX_BYTES,
    away: { href: GHOST_ROOMS_HREF, label: "Make a ghost room" },
  };
}

/** A ghost room from within. */
export function Inside(props: InsideProps) {
  const { room, createdAt, expiresAt } = props;
  const open = useOpenRoom(room.open);
  useEnd(props, open);
  const files = useFiles(room);
  const page = useMemo(() => drawn(room), [room]);
  const encrypted = room.snapshot.room.encrypted === true;
  return (
    <LiveRoom
      {...page}
      open={open}
      attaching={files.attaching}
      files={files.draw}
      header={(header) => (
        <Header {...header} createdAt={createdAt} expiresAt={expiresAt} ahead={room.clockAhead} />
      )}
      rail={({ onClose }) => (
        <GhostRail
          nickname={room.viewer.name}
          encrypted={encrypted}
          link={<RoomLink encrypted={encrypted} />}
          onLeave={props.onLeave}
          end={props.onCloseRoom && <CloseRoom onCloseRoom={props.onCloseRoom} />}
          error={props.error}
          onClose={onClose}
        />
      )}
    />
  );
}
