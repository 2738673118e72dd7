/** What is shown beside the conversation and over it, when somebody asks for it. */
import { messageHref } from "../links.ts";
import { lazily } from "./ghost/lazily.tsx";
import type { LiveRoomProps } from "./LiveRoom.tsx";
import { Overlay } from "./Overlay.tsx";
import type { List } from "./use_list.ts";
import type { useOverlay } from "./use_overlay.ts";
import type { useSide } from "./use_side.ts";

const SidePanel = lazily(async () => (await import("./side/SidePanel.tsx")).SidePanel);
const SIDE_LABELS = { pins: "Pinned messages", thread: "Thread", history: "Former wordings" };

/** What stands beside the conversation, if not the people. */
export function sideOf(
  { open, viewer, snapshot }: LiveRoomProps,
  list: List,
  control: ReturnType<typeof useSide>,
  silent: boolean,
) {
  const { side, people, close } = control;
  if (!side || !open) return undefined;
  const { roomId } = snapshot;
  const panel = { side, open, list, roomId, viewerId: viewer.id, onPeople: people, onClose: close };
  return { label: SIDE_LABELS[side.kind], content: <SidePanel {...panel} silent={silent} /> };
}

/** What somebody opened of a message that is still there. */
export function overlayOf(
  { viewer, rights, snapshot }: LiveRoomProps,
  list: List,
  { overlay, close }: ReturnType<typeof useOverlay>,
) {
  const message = overlay && list.messages.find(({ id }) => id === overlay.id);
  if (!overlay || !message) return undefined;
  const link = rights && new URL(messageHref(snapshot.room, message.id), location.origin).href;
  const own = message.author?.id === viewer.id;
  return <Overlay {...{ overlay, message, list, own, link }} onClose={close} />;
}
