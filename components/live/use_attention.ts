import { useEffect, useRef, useState } from "preact/hooks";
import { chime, closeRead, isAudible, isToldHere, tellCount } from "../../lib/client/attention.ts";
import { browserFetch, writeCall } from "../../lib/client/api.ts";
import { browserStore } from "../../lib/client/environment.ts";
import type { OpenRoom } from "../../lib/client/open_room.ts";
import { today } from "../../lib/client/page.ts";
import { type Call, callsBetween, callsElsewhere, callsIn } from "../../lib/protocol/attention.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import type { MyRoom } from "../../lib/protocol/types.ts";

/** Milliseconds that a call stands on the page; the list of rooms says it as well, and longer. */
const CALL_STANDS = 8_000;
/** At once; older ones go. */
const CALLS_SHOWN = 3;
/** Milliseconds; pointers move in bursts. */
const SETTLE = 300;

/**
 * Says what is new in other rooms: in the title, on the icon, and as calls that stand on the page for a while.
 * @param page.open the room that the page shows, once it is open: a lounge is on nobody's list before it was read
 * @param page.shown its id
 * @param page.csrf with it the server is told once a day that this browser is still there, if its owner is told things on it
 */
export function useAttention(
  { rooms, open, shown, me, blocked, csrf }: {
    rooms: readonly MyRoom[];
    open: OpenRoom | null;
    shown: RoomId | null;
    me: UserId | null;
    blocked: ReadonlySet<UserId> | undefined;
    csrf: string | undefined;
  },
) {
  const before = useRef(rooms);
  const [calls, setCalls] = useState<Call[]>([]);
  const dismiss = (call: Call) => setCalls((standing) => standing.filter((other) => other !== call));

  useEffect(() => {
    tellCount("others", callsElsewhere(rooms, shown));
    // Read on another device, or wanted no more: nobody is called for it.
    const quiet = new Set(rooms.filter((room) => callsIn(room) === 0).map(({ id }) => id));
    setCalls((standing) =>
      standing.some(({ room }) => quiet.has(room.id))
        ? standing.filter(({ room }) => !quiet.has(room.id))
        : standing
    );
    const settled = setTimeout(() => void closeRead(rooms).catch(() => {}), SETTLE);
    return () => clearTimeout(settled);
  }, [rooms]);

  useEffect(() => {
    const fresh = callsBetween(before.current, rooms, shown, blocked);
    before.current = rooms;
    // Who does not look is told by the title, or by a push.
    if (fresh.length === 0 || document.hidden) return;
    const ids = new Set(fresh.map(({ room }) => room.id));
    setCalls((standing) =>
      [...fresh, ...standing.filter(({ room }) => !ids.has(room.id))].slice(0, CALLS_SHOWN)
    );
    if (isAudible(browserStore())) chime();
    setTimeout(() => fresh.forEach(dismiss), CALL_STANDS);
  }, [rooms]);

  useEffect(() => {
    let readSeq = 0;
    return open?.client.subscribe(({ room }) => {
      if (room.readSeq <= readSeq) return;
      readSeq = room.readSeq;
      void closeRead([{ id: room.roomId, readSeq }]).catch(() => {});
    });
  }, [open]);

  useEffect(() => {
    if (csrf && me) void renewDevice(csrf, me).catch(() => {});
  }, []);

  return { calls, dismiss };
}

/** Most pages have nothing to renew, and do not fetch what does it. */
async function renewDevice(csrf: string, me: UserId): Promise<void> {
  const store = browserStore();
  if (!isToldHere(store, me, today())) return;
  const { keepOn, pushBrowser } = await import("../../lib/client/notifications.ts");
  await keepOn({ browser: pushBrowser, store, me }, browserFetch, writeCall(browserFetch, csrf));
}
