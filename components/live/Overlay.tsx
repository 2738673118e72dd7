import type { MessageListProps, ViewMessage } from "../room/props.ts";
import { isBy } from "../room/rows.ts";
import { lazily } from "./ghost/lazily.tsx";
import type { OpenOverlay } from "./use_overlay.ts";

const MessageMenu = lazily(async () => (await import("./MessageMenu.tsx")).MessageMenu);
const ReactionPanel = lazily(async () => (await import("./ReactionPanel.tsx")).ReactionPanel);

export interface OverlayProps {
  overlay: OpenOverlay;
  message: ViewMessage;
  list: Pick<MessageListProps, "actions" | "blocked" | "keepsOrder">;
  own: boolean;
  link?: string;
  onClose: () => void;
}

/** What somebody opened of a message; loaded when that is done for the first time. */
export function Overlay({ overlay: { kind, at }, message, list, own, link, onClose }: OverlayProps) {
  const { actions = {}, blocked, keepsOrder = false } = list;
  if (kind === "emoji") {
    return <ReactionPanel at={at} onPick={(emoji) => actions.onReact?.(message, emoji)} onClose={onClose} />;
  }
  return (
    <MessageMenu
      key={message.id}
      {...{ message, own, keepsOrder, link, actions, at, onClose }}
      blocked={isBy(blocked, message)}
    />
  );
}
