import { MessageItem } from "../../room/MessageItem.tsx";
import type { ViewMessage } from "../../room/props.ts";
import { isBy } from "../../room/rows.ts";
import type { SidePanelProps } from "./SidePanel.tsx";

const nobody = () => undefined;

export interface SideMessageProps extends Pick<SidePanelProps, "list" | "viewerId"> {
  message: ViewMessage;
  /** What it answers needs no line of its own. */
  withoutReply?: boolean;
}

/** A message beside the conversation: without a toolbar, and without the id that it has there. */
export function SideMessage({ message, list, viewerId, withoutReply }: SideMessageProps) {
  const { onReact, onJumpTo, onRetry, onDiscard } = list.actions ?? {};
  if (isBy(list.blocked, message)) {
    return <p class="px-4 py-2 text-sm italic text-soft">A message from somebody you blocked</p>;
  }
  return (
    <MessageItem
      aside
      message={withoutReply ? { ...message, replyTo: undefined } : message}
      first
      own={message.author?.id === viewerId}
      viewerId={viewerId}
      known={list.known ?? {}}
      nameOf={list.nameOf ?? nobody}
      repliedHere={false}
      repliedFolded={false}
      seesHistory={false}
      clock={list.clock}
      deleting={false}
      highlighted={false}
      opened={false}
      reacting={list.reacting?.get(message.id)}
      actions={{ onReact, onJumpTo, onRetry, onDiscard }}
      files={list.files}
    />
  );
}
