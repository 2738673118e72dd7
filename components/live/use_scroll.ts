import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ScrollKeeper } from "../../lib/client/scroll.ts";
import type { MessageId } from "../../lib/protocol/ids.ts";
import type { RoomRef } from "./use_open_room.ts";

/** How long a message that was jumped to stays lit, in milliseconds. */
const LIT_MS = 2_500;

/** The message that was jumped to, lit for a moment. */
function useHighlight(show: (row: HTMLElement) => void) {
  const [highlighted, setHighlighted] = useState<MessageId | null>(null);
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

/** Keeps the reader's place, fetches history when its beginning is near, and jumps to messages. */
export function useScroll(room: RoomRef, online: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper | null>(null);
  // After a failed fetch only a click or a new connection tries again: scrolling would hammer.
  const stalled = useRef(false);
  const { highlighted, setHighlighted } = useHighlight((row) => keeper.current?.toRow(row));
  const older = () =>
    room.current?.client.loadOlder().then(() => stalled.current = false, () => stalled.current = true);
  useEffect(() => {
    if (!scroller.current || !content.current) return;
    const inside = content.current;
    // Messages and folds: what is within a closed fold stands nowhere.
    const rows = () => inside.querySelectorAll("[data-place]");
    keeper.current = new ScrollKeeper(scroller.current, inside, rows, {
      onPlace: (atEnd) => room.current?.client.placed(atEnd),
      onNearTop: () => stalled.current || older(),
    });
    return () => keeper.current?.dispose();
  }, []);
  useLayoutEffect(() => keeper.current?.keep());
  useEffect(() => {
    if (online) stalled.current = false;
  }, [online]);
  const jumpTo = async (id: MessageId) => {
    const there = await room.current?.client.reach(Number(id.split("-")[1])).catch(() => false);
    if (there) setHighlighted(id);
  };
  return { scroller, content, highlighted, older, jumpTo, toEnd: () => keeper.current?.toEnd() };
}
