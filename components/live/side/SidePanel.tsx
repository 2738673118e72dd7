import { useEffect } from "preact/hooks";
import type { OpenRoom } from "../../../lib/client/open_room.ts";
import type { MessageId, RoomId, UserId } from "../../../lib/protocol/ids.ts";
import type { MessageListProps } from "../../room/props.ts";
import { SideHead } from "../../room/SideHead.tsx";
import type { Side } from "../use_side.ts";
import { PinsView } from "./PinsView.tsx";
import { RevisionsView } from "./RevisionsView.tsx";
import { ThreadView } from "./ThreadView.tsx";

export interface SidePanelProps {
  side: Side;
  open: OpenRoom;
  roomId: RoomId;
  viewerId: UserId;
  /** How the conversation draws its messages. */
  list: Omit<MessageListProps, "room" | "viewerId">;
  /** Nothing can be said in the room. */
  silent: boolean;
  /** Back to the people. */
  onPeople: () => void;
  onClose: () => void;
}

/** What a part of the panel is given. */
export interface PartProps extends Omit<SidePanelProps, "side" | "onPeople" | "onClose"> {
  id: MessageId;
}

const TITLES = { pins: "Pinned", thread: "Thread", history: "Before the edit" };

function Part({ side, ...props }: Omit<SidePanelProps, "onPeople" | "onClose">) {
  switch (side.kind) {
    case "pins":
      return <PinsView {...props} />;
    case "thread":
      return <ThreadView key={side.id} {...props} id={side.id} />;
    case "history":
      return <RevisionsView key={side.id} {...props} id={side.id} />;
  }
}

/** The right panel when it shows something else than the people. Escape closes it. */
export function SidePanel({ onPeople, onClose, ...props }: SidePanelProps) {
  useEffect(() => {
    const escape = (event: KeyboardEvent) => event.key === "Escape" && !event.defaultPrevented && onClose();
    document.addEventListener("keydown", escape);
    return () => document.removeEventListener("keydown", escape);
  }, [onClose]);
  const title = TITLES[props.side.kind];
  return (
    <>
      <SideHead
        title={title}
        other={{ label: "People", onClick: onPeople }}
        closeLabel={`Close: ${title}`}
        closeHref=""
        onClose={onClose}
      />
      <Part {...props} />
    </>
  );
}
