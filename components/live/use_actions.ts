import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MessageId, UserId } from "../../lib/protocol/ids.ts";
import type { MessageActions, ViewMessage } from "../room/props.ts";
import type { RoomRef } from "./use_open_room.ts";

/** What may be refused, and deleting, which is asked once; Escape says no. */
function useDeleting(room: RoomRef) {
  const [deleting, setDeleting] = useState<MessageId | null>(null);
  const [notice, setNotice] = useState<string>();
  useEffect(() => {
    const escape = (event: KeyboardEvent) => event.key === "Escape" && setDeleting(null);
    document.addEventListener("keydown", escape);
    return () => document.removeEventListener("keydown", escape);
  }, []);
  const attempt = (done?: Promise<void>) =>
    done?.then(() => setNotice(undefined), (error) => setNotice(error.message));
  const confirm = (message: ViewMessage) => {
    setDeleting(null);
    attempt(room.current?.client.remove(message.id));
  };
  return { deleting, setDeleting, confirm, attempt, notice };
}

/** Blocks the author of a message, or unblocks them. The focus stays where the message is: in its fold, or out again. */
function useBlocking(room: RoomRef, blocked: ReadonlySet<UserId>, attempt: (done?: Promise<void>) => void) {
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

/**
 * What can be done with messages. `actions` is the same object at every drawing, so that no message is drawn again for
 * its sake; `notice` says why the last one was refused.
 */
export function useActions(
  room: RoomRef,
  blocked: ReadonlySet<UserId>,
  jumpTo: (id: MessageId) => void,
): { actions: MessageActions; deleting: MessageId | null; notice?: string } {
  const { deleting, setDeleting, confirm, attempt, notice } = useDeleting(room);
  const blocking = useBlocking(room, blocked, attempt);
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
    onJumpTo: jumpTo,
  }), []);
  return { actions, deleting, notice };
}
