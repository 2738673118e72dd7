import { useCallback, useState } from "preact/hooks";
import type { MessageId } from "../../lib/protocol/ids.ts";

/** A message's menu, or the emoji to react with, beside the button `at` that asked for it. */
export interface OpenOverlay {
  kind: "menu" | "emoji";
  id: MessageId;
  at: HTMLElement;
}

/** What lies over the conversation; the same button asks for it and sends it away. */
export function useOverlay() {
  const [overlay, setOverlay] = useState<OpenOverlay | null>(null);
  const open = useCallback((wanted: OpenOverlay) => {
    setOverlay((now) => now?.at === wanted.at && now.kind === wanted.kind ? null : wanted);
  }, []);
  const close = useCallback(() => setOverlay(null), []);
  return { overlay, open, close };
}
