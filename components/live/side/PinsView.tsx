import { pinnedSource } from "../../../lib/client/side_messages.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SideMessage } from "./SideMessage.tsx";
import type { SidePanelProps } from "./SidePanel.tsx";
import { SideState } from "./SideState.tsx";
import { useSideMessages } from "./use_side_messages.ts";

/** The room's pinned messages, each with the way to where it was said. */
export function PinsView(props: Omit<SidePanelProps, "side" | "onPeople" | "onClose">) {
  const { roomId, list: { actions } } = props;
  const { view, again } = useSideMessages(props, () => pinnedSource(roomId), "pins");
  if (view.phase !== "ready") return <SideState view={view} onAgain={again} />;
  if (view.messages.length === 0) {
    return (
      <EmptyState
        title="Nothing is pinned"
        text={actions?.onPin
          ? "Open a message's menu and choose Pin: it stays at hand here for everybody."
          : "What the room's moderators want to keep at hand stands here."}
      />
    );
  }
  return (
    <ol class="min-h-0 grow overflow-y-auto pb-3">
      {view.messages.map((message) => (
        <li key={message.id} class="border-b border-line pb-2">
          <SideMessage {...props} message={message} withoutReply />
          <div class="flex gap-2 ps-16 pe-4 pt-1">
            <Button size="small" onClick={() => actions?.onJumpTo?.(message.id)}>Go there</Button>
            {actions?.onPin && (
              <Button
                size="small"
                kind="quiet"
                onClick={() => actions.onPin!(message, false)}
              >
                Unpin
              </Button>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
