import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { cx } from "../cx.ts";
import { stepFrom } from "./grid_keys.ts";

export interface Choice {
  /** Told apart by it within its group. */
  id: string;
  /** Read out, and shown as a tooltip. */
  label: string;
  face: ComponentChildren;
}

export interface ChoiceGroup {
  name: string;
  choices: readonly Choice[];
}

export interface ChoiceGridProps {
  groups: readonly ChoiceGroup[];
  /** Choices in a line. */
  columns: 4 | 8;
  /** Looks of a line, its height with them: it is known before the line is drawn. */
  rowClass: string;
  /** A single group needs no heading for the eye. */
  bare?: boolean;
  onPick: (choice: Choice, event: MouseEvent) => void;
  /** Up and out of the first line. */
  onLeave: () => void;
  /** Has the focus, or is under the pointer. */
  onLook?: (choice: Choice | null) => void;
  /** The element that scrolls. */
  scrollRef?: RefObject<HTMLDivElement>;
  onScroll?: () => void;
}

const COLUMNS = { 4: cx("grid-cols-4"), 8: cx("grid-cols-8") };

interface RowProps {
  choices: readonly Choice[];
  /** The group's place, and that of the line's first choice: together they say which choice was hit. */
  group: number;
  from: number;
  /** Where the Tab key comes in, when that is in this line. */
  stop: number | null;
  looks: string;
}

/** Drawn again only when something in it changes. What is far from the view is not laid out: `content-visibility`. */
function Row({ choices, group, from, stop, looks }: RowProps) {
  return useMemo(() => (
    <div role="row" class={cx("grid [content-visibility:auto]", looks)}>
      {choices.map(({ id, label, face }, index) => (
        <button
          key={id}
          type="button"
          role="gridcell"
          class="ring-inside flex min-w-0 items-center justify-center rounded has-hover:hover:bg-hover focus:bg-hover"
          aria-label={label}
          title={label}
          tabIndex={from + index === stop ? 0 : -1}
          data-at={`${group}:${from + index}`}
        >
          {face}
        </button>
      ))}
    </div>
  ), [choices, group, from, stop, looks]);
}

function Group(
  props: {
    group: ChoiceGroup;
    at: number;
    columns: number;
    stop: number | null;
    looks: string;
    bare?: boolean;
  },
) {
  const { group: { name, choices }, at, columns, stop, looks } = props;
  const lines = useMemo(
    () =>
      Array.from(
        { length: Math.ceil(choices.length / columns) },
        (_, line) => choices.slice(line * columns, (line + 1) * columns),
      ),
    [choices, columns],
  );
  const heading = `choices-${at}`;
  return (
    <section aria-labelledby={heading} data-group={at}>
      <h3
        id={heading}
        class={props.bare ? "sr-only" : "sticky top-0 z-10 bg-raised px-2 py-1.5 text-sm font-bold text-soft"}
      >
        {name}
      </h3>
      <div role="grid" aria-labelledby={heading}>
        {lines.map((line, index) => {
          const from = index * columns;
          const here = stop !== null && stop >= from && stop < from + columns;
          return (
            <Row key={from} choices={line} group={at} from={from} stop={here ? stop : null} looks={looks} />
          );
        })}
      </div>
    </section>
  );
}

function placeOf(target: EventTarget | null): { cell: HTMLElement; group: number; index: number } | null {
  const cell = (target as Element | null)?.closest<HTMLElement>("[data-at]");
  if (!cell) return null;
  const [group, index] = cell.dataset.at!.split(":").map(Number);
  return { cell, group: group!, index: index! };
}

/** Choices in groups with headings that stay in view. One stop for Tab; within, the arrow keys lead everywhere. */
export function ChoiceGrid(props: ChoiceGridProps) {
  const { groups, columns } = props;
  const [stop, setStop] = useState({ group: 0, index: 0 });
  const looks = cx(COLUMNS[columns], props.rowClass);
  const own = useRef<HTMLDivElement>(null);
  const scroller = props.scrollRef ?? own;
  // Something else was searched for: begin at the beginning. Another skin tone has the same names.
  const names = groups[0]?.choices.map(({ label }) => label).join();
  useEffect(() => {
    setStop({ group: 0, index: 0 });
    scroller.current!.scrollTop = 0;
  }, [groups.length, names]);
  const choiceAt = (target: EventTarget | null) => {
    const place = placeOf(target);
    return place && groups[place.group]?.choices[place.index] || null;
  };
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    const place = placeOf(event.target);
    const step = place && stepFrom(place.cell, event.currentTarget, event);
    if (!step) return;
    event.preventDefault();
    if (step === "before") props.onLeave();
    else step.focus();
  };
  return (
    <div
      ref={scroller}
      class="min-h-0 grow overflow-y-auto overscroll-contain px-2 pb-2 scroll-pt-10"
      onScroll={props.onScroll}
      onClick={(event) => {
        const choice = choiceAt(event.target);
        if (choice) props.onPick(choice, event);
      }}
      onKeyDown={onKeyDown}
      onFocusIn={(event) => {
        const place = placeOf(event.target);
        if (place) setStop({ group: place.group, index: place.index });
        props.onLook?.(choiceAt(event.target));
      }}
      onPointerOver={(event) => event.pointerType === "mouse" && props.onLook?.(choiceAt(event.target))}
    >
      {groups.map((group, at) => (
        <Group
          key={group.name}
          group={group}
          at={at}
          columns={columns}
          stop={stop.group === at ? stop.index : null}
          looks={looks}
          bare={props.bare}
        />
      ))}
    </div>
  );
}
