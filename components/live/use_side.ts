import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { MessageId } from "../../lib/protocol/ids.ts";
import type { usePanes } from "./use_panes.ts";

/** What the right panel shows instead of the people. */
export type Side = { kind: "pins" } | { kind: "thread" | "history"; id: MessageId };

/** The right panel: opened when something is to be shown in it, and afterwards as it was before. */
export function useSide(panes: ReturnType<typeof usePanes>) {
  const [side, setSide] = useState<Side | null>(null);
  const latest = useRef(panes);
  latest.current = panes;
  const putBack = useRef(() => {});
  const show = useCallback((wanted: Side) => {
    const back = latest.current.reveal();
    if (back) putBack.current = back;
    setSide(wanted);
  }, []);
  const people = useCallback(() => setSide(null), []);
  const close = useCallback(() => {
    setSide(null);
    putBack.current();
    putBack.current = () => {};
  }, []);
  // On a phone, going back leads out of it.
  useEffect(() => {
    if (!panes.revealed()) setSide(null);
  }, [panes.pane, panes.peopleOpen]);
  return { side, show, people, close };
}
