import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ScrollKeeper } from "../../lib/client/scroll.ts";
import { type MessageId, partsOf } from "../../lib/protocol/ids.ts";
import type { RowsProps } from "../room/message_props.ts";
import type { RoomPageProps } from "../room/props.ts";
import { NearRows, type Place } from "./NearRows.tsx";
import type { RoomRef } from "./use_open_room.ts";

/** How long a message that was jumped to stays lit, in milliseconds. */
const LIT_MS = 2_500;

/** The message that was jumped to, lit for a moment. */
function useHighlight(first: MessageId | undefined, show: (row: HTMLElement) => void) {
  const [highlighted, setHighlighted] = useState<MessageId | null>(first ?? null);
  useEffect(() => {
    if (!highlighted) return;
    const row = document.getElementById(`m-${highlighted}`);
    row?.closest("details")?.setAttribute("open", "");
    if (row) show(row);
    const timer = setTimeout(() => setHighlighted(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [highlighted]);
  return { highlighted, setHighlighted };
}

/** Only the rows near the reader's place are in the page. `drawRows` is the same function at every drawing. */
function useNearRows(keep: () => void) {
  const [place] = useState((): Place => ({ keep, moved() {} }));
  const drawRows = useCallback((rows: RowsProps) => <NearRows {...rows} place={place} />, []);
  return { place, drawRows };
}

/**
 * Fetches history where what is loaded ends. After a failed fetch only a click or a new connection tries again: scrolling
 * would hammer.
 */
function useHistory(room: RoomRef, online: boolean) {
  const stalled = useRef({ older: false, newer: false });
  const older = () =>
    room.current?.client.loadOlder().then(
      () => stalled.current.older = false,
      () => stalled.current.older = true,
    );
  const newer = () => room.current?.client.loadNewer().catch(() => stalled.current.newer = true);
  useEffect(() => {
    if (online) stalled.current = { older: false, newer: false };
  }, [online]);
  return {
    older,
    onNearTop: () => stalled.current.older || older(),
    onNearEnd: () => stalled.current.newer || newer(),
  };
}

/** Keeps the reader's place, fetches history when what is loaded nears its end, and jumps to messages. */
export function useScroll(
  room: RoomRef,
  online: boolean,
  { lit, path, past }: Pick<RoomPageProps, "lit" | "path" | "past">,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper | null>(null);
  const { place, drawRows } = useNearRows(() => keeper.current?.keep());
  const [far, setFar] = useState(false);
  const { older, onNearTop, onNearEnd } = useHistory(room, online);
  useEffect(() => {
    if (!scroller.current || !content.current) return;
    const inside = content.current;
    // Messages and folds: what is within a closed fold stands nowhere.
    const rows = () => inside.querySelectorAll("[data-place] > :first-child");
    keeper.current = new ScrollKeeper(scroller.current, inside, rows, {
      endsHere: () => (room.current ? room.current.client.view.room.past : past ?? null) === null,
      onPlace: (atEnd) => room.current?.client.placed(atEnd),
      onFar: setFar,
      ...{ onNearTop, onNearEnd },
      onMoved: () => place.moved(),
    });
    return () => keeper.current?.dispose();
  }, []);
  // After the keeper's own: it must be there when the page opens at a message.
  const { highlighted, setHighlighted } = useHighlight(lit, (row) => keeper.current?.toRow(row));
  const jumpTo = async (id: MessageId) => {
    const reached = await room.current?.client.reach(partsOf(id).seq).catch(() => null);
    if (reached) setHighlighted(id);
    // Too far away to load all that lies between: the page around it.
    else if (reached === false) location.assign(`${path}?m=${id}`);
  };
  const toEnd = () => {
    const client = room.current?.client;
    // Loaded again, the page shall not lead back into the past.
    if (client?.view.room.past) history.replaceState(history.state, "", path + location.hash);
    client?.toPresent();
    keeper.current?.toEnd();
  };
  return { scroller, content, drawRows, highlighted, far, older, jumpTo, toEnd };
}
