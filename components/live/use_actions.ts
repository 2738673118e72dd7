import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MessageId, UserId } from "../../lib/protocol/ids.ts";
import { DASHBOARD_HREF } from "../links.ts";
import type { MessageActions, RoomRights, ViewMessage } from "../room/props.ts";
import type { RoomRef } from "./use_open_room.ts";
import type { OpenOverlay } from "./use_overlay.ts";
import { useReacting } from "./use_reacting.ts";
import type { Side } from "./use_side.ts";

/** Does what may be refused, and says why it was. */
export type Attempt = (done?: Promise<void>) => Promise<void> | undefined;

/** What may be refused, and deleting, which is asked once; Escape says no. */
function useDeleting(room: RoomRef) {
  const [deleting, setDeleting] = useState<MessageId | null>(null);
  const [notice, setNotice] = useState<string>();
  useEffect(() => {
    const escape = (event: KeyboardEvent) => event.key === "Escape" && setDeleting(null);
    document.addEventListener("keydown", escape);
    return () => document.removeEventListener("keydown", escape);
  }, []);
  const attempt: Attempt = (done) =>
    done?.then(() => setNotice(undefined), (error) => setNotice(error.message));
  const confirm = (message: ViewMessage) => {
    setDeleting(null);
    attempt(room.current?.client.remove(message.id));
  };
  return { deleting, setDeleting, confirm, attempt, notice };
}

/** Blocks the author of a message, or unblocks them. The focus stays where the message is: in its fold, or out again. */
function useBlocking(room: RoomRef, blocked: ReadonlySet<UserId>, attempt: Attempt) {
  const at = useRef<MessageId | null>(null);
  useLayoutEffect(() => {
    const row = at.current && document.getElementById(`m-${at.current}`);
    at.current = null;
    if (row) (row.closest("details")?.querySelector("summary") ?? row).focus();
  }, [blocked]);
  return (does: "block" | "unblock") => ({ id, author }: ViewMessage) => {
    at.current = id;
    if (author) attempt(room.current?.blocks[does](author.id));
  };
}

/** Who stays has it before their eyes, where it is read: so one goes back to one's rooms, where it is counted. */
async function leaveUnread(room: RoomRef, { id }: ViewMessage): Promise<void> {
  await room.current?.client.mark({ type: "mark_unread", messageId: id });
  location.assign(DASHBOARD_HREF);
}

export interface ActionDeps {
  me: UserId;
  blocked: ReadonlySet<UserId>;
  /** Without them messages have no addresses of their own. */
  rights?: RoomRights;
  /** The server could read what is put under sealed words. */
  encrypted: boolean;
  jumpTo: (id: MessageId) => void;
  onOverlay: (overlay: OpenOverlay) => void;
  onSide: (side: Side) => void;
}

/**
 * What can be done with messages. `actions` is the same object at every drawing, so that no message is drawn again for
 * its sake; `notice` says why the last one was refused.
 */
export function useActions(room: RoomRef, deps: ActionDeps) {
  const { rights, me } = deps;
  const { deleting, setDeleting, confirm, attempt, notice } = useDeleting(room);
  const blocking = useBlocking(room, deps.blocked, attempt);
  const { reacting, react } = useReacting(room, me, attempt);
  const actions = useMemo((): MessageActions => ({
    onReply: (message) => room.current?.composer.reply(message),
    onEdit: (message) => room.current?.composer.edit(message),
    onDelete: (message) => setDeleting(message.id),
    onDeleteConfirm: confirm,
    onDeleteCancel: () => setDeleting(null),
    onRetry: (message) => room.current?.client.retry(message.clientId),
    onDiscard: (message) => room.current?.client.discard(message.clientId),
    onBlock: blocking("block"),
    onUnblock: blocking("unblock"),
    onJumpTo: deps.jumpTo,
    onRemovePreviews: ({ id }) =>
      attempt(room.current?.client.mark({ type: "remove_previews", messageId: id })),
    onMenu: ({ id }, at) => deps.onOverlay({ kind: "menu", id, at }),
    ...(!deps.encrypted && {
      onReact: react,
      onEmoji: ({ id }, at) => deps.onOverlay({ kind: "emoji", id, at }),
    }),
    ...(rights && {
      onThread: ({ id }) => deps.onSide({ kind: "thread", id }),
      onUnread: (message) => attempt(leaveUnread(room, message)),
      onHistory: ({ id }) => deps.onSide({ kind: "history", id }),
    }),
    ...(rights?.pin && {
      onPin: ({ id }, on) => attempt(room.current?.client.mark({ type: "pin_message", messageId: id, on })),
    }),
  }), []);
  return { actions, deleting, reacting, notice };
}
