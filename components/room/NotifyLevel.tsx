import type { NotifyLevel as Level } from "../../lib/protocol/forms/notifications.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { RoomKind } from "../../lib/protocol/types.ts";
import { NOTIFICATIONS_HREF } from "../links.ts";
import { Button } from "../ui/Button.tsx";
import { Form } from "../ui/Form.tsx";
import { type Option, Select } from "../ui/Select.tsx";

/** What each level is called, everywhere. */
export const LEVEL_NAMES: Record<Level, string> = {
  all: "Every message",
  mentions: "Mentions and replies",
  nothing: "Nothing",
};

export function levelOptions(): Option[] {
  return Object.entries(LEVEL_NAMES).map(([value, label]) => ({ value, label }));
}

export interface NotifyLevelProps {
  room: { id: RoomId; kind: RoomKind };
  /** Null for what is usual with rooms of its kind. */
  level: Level | null;
  csrf: string;
  /** A path of this site to go on to; the notifications page if nothing is said. */
  next?: string;
  /** The room's name, where a page has several of these. */
  title?: string;
  /** Takes what was chosen at once: there is no button then. */
  onLevel?: (level: Level | null) => void;
  /** What became of the last choice: read out. */
  said?: string;
}

/** What usually is. */
const USUAL = "default";

/** What there are notifications of in one room: a form that works without scripts. */
export function NotifyLevel({ room, level, csrf, next, title, onLevel, said }: NotifyLevelProps) {
  const usual = room.kind === "direct" ? "My default for direct messages" : "My default for rooms";
  const named = title && <span class="sr-only">{` of ${title}`}</span>;
  return (
    <Form
      inline
      action={NOTIFICATIONS_HREF}
      csrf={csrf}
      hidden={{ step: "room", roomId: room.id, next }}
    >
      <div class="min-w-0 grow basis-56">
        <Select
          id={`level-${room.id}`}
          name="level"
          label={title ?? "Notify me about"}
          options={[{ value: USUAL, label: usual }, ...levelOptions()]}
          value={level ?? USUAL}
          onChange={onLevel &&
            (({ currentTarget: { value } }) => onLevel(value === USUAL ? null : value as Level))}
        />
      </div>
      {onLevel
        ? <p class="min-h-[20px] basis-full text-sm text-soft" role="status">{said}</p>
        : (
          <div class="self-end">
            <Button type="submit">Set{named}</Button>
          </div>
        )}
    </Form>
  );
}
