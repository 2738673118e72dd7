import { useMemo, useRef, useState } from "preact/hooks";
import { Button } from "../ui/Button.tsx";
import { MessageSkeleton } from "../ui/Skeleton.tsx";
import { CategoryBar } from "./CategoryBar.tsx";
import { type Choice, ChoiceGrid, type ChoiceGroup } from "./ChoiceGrid.tsx";
import type { EmojiChoices, EmojiView } from "./props.ts";

export interface EmojiTabProps {
  view: EmojiView;
  onPick: (emoji: string, event: MouseEvent) => void;
  onLeave: () => void;
  onRetry: () => void;
}

/** The same object for the same group, so that a group that has not changed is not drawn again. */
function useChoiceGroups(groups: readonly EmojiChoices[]): ChoiceGroup[] {
  const made = useRef(new WeakMap<EmojiChoices, ChoiceGroup>()).current;
  return useMemo(() =>
    groups.map((group) => {
      const before = made.get(group);
      if (before) return before;
      const choices = group.emoji.map(({ emoji, name }): Choice => ({ id: emoji, label: name, face: emoji }));
      const now = { name: group.name, choices };
      made.set(group, now);
      return now;
    }), [groups]);
}

/** Which group is in view, and how to get to another. */
function useGroups() {
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const sections = () => [...scroller.current?.querySelectorAll<HTMLElement>("[data-group]") ?? []];
  const onScroll = () => {
    const top = scroller.current!.getBoundingClientRect().top + 1;
    const passed = sections().filter((section) => section.getBoundingClientRect().top <= top);
    setCurrent(Math.max(0, passed.length - 1));
  };
  const goTo = (at: number) => {
    const section = sections()[at];
    if (section) {
      scroller.current!.scrollTop += section.getBoundingClientRect().top -
        scroller.current!.getBoundingClientRect().top;
    }
    setCurrent(at);
  };
  return { scroller, current, onScroll, goTo };
}

/** What an emoji is called, for whoever points at it. A phone has no room for it, and no pointer. */
function Looked({ choice, code }: { choice: Choice | null; code?: string }) {
  return (
    <div class="hidden h-12 shrink-0 items-center gap-3 border-t border-line px-3 sm:flex" aria-hidden="true">
      {!choice && <span class="text-xs text-soft">Hold Shift to pick several.</span>}
      {choice && (
        <>
          <span class="text-2xl">{choice.face}</span>
          <span class="min-w-0">
            <span class="block truncate text-sm font-bold">{choice.label}</span>
            <span class="block truncate text-xs text-soft">{code && `:${code}:`}</span>
          </span>
        </>
      )}
    </div>
  );
}

/** All emoji in their groups, or those that were found. */
export function EmojiTab({ view, onPick, onLeave, onRetry }: EmojiTabProps) {
  const groups = useChoiceGroups(view.groups);
  const { scroller, current, onScroll, goTo } = useGroups();
  const [looked, setLooked] = useState<Choice | null>(null);
  const searching = view.query.trim() !== "";
  const codeOf = (choice: Choice) =>
    view.groups.flatMap(({ emoji }) => emoji).find(({ emoji }) => emoji === choice.id)?.code;
  if (view.phase === "failed") {
    return (
      <div class="flex grow flex-col items-center justify-center gap-3 p-6 text-center" role="alert">
        <p>The emoji could not be loaded.</p>
        <Button icon="retry" size="small" onClick={onRetry}>Try again</Button>
      </div>
    );
  }
  if (view.phase === "loading") {
    return (
      <div class="grow" role="status">
        <span class="sr-only">Loading the emoji</span>
        <MessageSkeleton lines={4} />
      </div>
    );
  }
  return (
    <>
      {!searching && <CategoryBar groups={view.groups} current={current} onGroup={goTo} />}
      {groups.length === 0 && <p class="grow p-6 text-center text-soft">Nothing goes by that name.</p>}
      {groups.length > 0 && (
        <ChoiceGrid
          groups={groups}
          columns={8}
          rowClass="h-11 text-2xl"
          bare={searching}
          scrollRef={scroller}
          onScroll={onScroll}
          onLook={setLooked}
          onPick={({ id }, event) => onPick(id, event)}
          onLeave={onLeave}
        />
      )}
      <Looked choice={looked} code={looked ? codeOf(looked) : undefined} />
    </>
  );
}
