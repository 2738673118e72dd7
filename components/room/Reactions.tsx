import type { UserId } from "../../lib/protocol/ids.ts";
import type { Reaction } from "../../lib/protocol/types.ts";
import { cx } from "../cx.ts";
import type { MessageActions, NameOf, ViewMessage } from "./props.ts";

/** Names that a chip's tooltip holds before it only counts. */
const NAMED = 12;

/** `You, Ann and 2 others`: who reacted so. */
export function whoReacted(by: readonly UserId[], viewerId: UserId | null, nameOf: NameOf): string {
  const mine = viewerId !== null && by.includes(viewerId);
  const others = by.filter((id) => id !== viewerId).flatMap((id) => nameOf(id) ?? []).slice(0, NAMED);
  const named = [...mine ? ["You"] : [], ...others];
  const rest = by.length - named.length;
  const more = rest === 0
    ? []
    : [named.length === 0 ? people(rest) : `${rest} other${rest === 1 ? "" : "s"}`];
  const all = [...named, ...more];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

function people(count: number): string {
  return count === 1 ? "one person" : `${count} people`;
}

interface ChipProps {
  reaction: Reaction;
  mine: boolean;
  /** It was clicked, and the server has not answered. */
  busy: boolean;
  who: string;
  onToggle?: () => void;
}

function Chip({ reaction: { emoji, by }, mine, busy, who, onToggle }: ChipProps) {
  const looks = cx(
    "flex h-7 items-center gap-1.5 rounded-full border px-2 text-sm tabular-nums no-hover:h-9 no-hover:px-3",
    mine ? "border-accent bg-accent-soft font-bold text-accent-text" : "border-line bg-sunken text-soft",
    onToggle && "hover:border-strong",
    busy && "opacity-50",
  );
  const face = (
    <>
      <span class="text-base leading-none" aria-hidden="true">{emoji}</span>
      <span aria-hidden="true">{by.length}</span>
      <span class="sr-only">{`${emoji} by ${who}`}</span>
    </>
  );
  if (!onToggle) return <span class={looks} title={who}>{face}</span>;
  return (
    <button
      type="button"
      class={looks}
      title={who}
      aria-pressed={mine}
      aria-busy={busy}
      onClick={onToggle}
    >
      {face}
    </button>
  );
}

export interface ReactionsProps {
  message: ViewMessage;
  viewerId: UserId | null;
  nameOf: NameOf;
  /** Emoji whose change is on its way, parted by spaces. */
  reacting?: string;
  actions?: MessageActions;
}

/** What people put under a message; a click puts one's own there, or takes it back. */
export function Reactions({ message, viewerId, nameOf, reacting = "", actions }: ReactionsProps) {
  const busy = reacting.split(" ").filter(Boolean);
  const there = message.reactions ?? [];
  const onReact = actions?.onReact;
  // A new one shows at once that it is on its way.
  const coming = busy.filter((emoji) => !there.some((reaction) => reaction.emoji === emoji));
  if (there.length + coming.length === 0) return null;
  return (
    <ul class="flex flex-wrap gap-1 py-1" dir="ltr" aria-label="Reactions">
      {there.map((reaction) => (
        <li key={reaction.emoji}>
          <Chip
            reaction={reaction}
            mine={viewerId !== null && reaction.by.includes(viewerId)}
            busy={busy.includes(reaction.emoji)}
            who={whoReacted(reaction.by, viewerId, nameOf)}
            onToggle={onReact && (() => onReact(message, reaction.emoji))}
          />
        </li>
      ))}
      {viewerId !== null && coming.map((emoji) => (
        <li key={emoji}>
          <Chip reaction={{ emoji, by: [viewerId] }} mine busy who="You" />
        </li>
      ))}
    </ul>
  );
}
