import { useRef, useState } from "preact/hooks";
import type { MessageId, UserId } from "../../lib/protocol/ids.ts";
import type { ViewMessage } from "../room/props.ts";
import type { Attempt } from "./use_actions.ts";
import type { RoomRef } from "./use_open_room.ts";

/** Reactions on their way: shown as such at once, and asked for once. The room's events say what came of them. */
export function useReacting(room: RoomRef, me: UserId, attempt: Attempt) {
  const [reacting, show] = useState<ReadonlyMap<MessageId, string>>(() => new Map());
  const busy = useRef(new Map<MessageId, Set<string>>());
  const draw = () => show(new Map([...busy.current].map(([id, emoji]) => [id, [...emoji].join(" ")])));
  const react = async ({ id, reactions = [] }: ViewMessage, emoji: string) => {
    const theirs = busy.current.get(id) ?? new Set();
    if (theirs.has(emoji)) return;
    busy.current.set(id, theirs.add(emoji));
    draw();
    const mine = reactions.some((reaction) => reaction.emoji === emoji && reaction.by.includes(me));
    await attempt(room.current?.client.mark({ type: "react", messageId: id, emoji, on: !mine }));
    theirs.delete(emoji);
    if (theirs.size === 0) busy.current.delete(id);
    draw();
  };
  return { reacting, react };
}
