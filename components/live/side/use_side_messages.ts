import { useEffect, useMemo } from "preact/hooks";
import { SideMessages, type SideSource, type SideView } from "../../../lib/client/side_messages.ts";
import { useLatest } from "../use_latest.ts";
import type { SidePanelProps } from "./SidePanel.tsx";

/** Messages beside the conversation, as they are now. */
export function useSideMessages(
  { open, roomId }: Pick<SidePanelProps, "open" | "roomId">,
  source: () => SideSource,
  about: unknown,
): { view: SideView; again: () => void } {
  const side = useMemo(() => new SideMessages(roomId, source(), open.socket), [roomId, about]);
  useEffect(() => {
    side.start();
    return () => side.stop();
  }, [side]);
  return { view: useLatest(side, ({ view }) => view, () => side.view), again: () => void side.load() };
}
