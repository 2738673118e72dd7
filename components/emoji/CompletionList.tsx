import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { cx } from "../cx.ts";

export interface CompletionListProps<Item> {
  /** Of the list; its options' ids begin with it. */
  id: string;
  /** What the list has, such as "Emoji". */
  label: string;
  items: readonly Item[];
  /** The one that Enter takes. */
  active: number;
  keyOf: (item: Item) => string;
  /** How an item looks. */
  children: (item: Item) => ComponentChildren;
  onPick: (index: number) => void;
  /** The pointer is over it. */
  onActivate?: (index: number) => void;
}

function optionId(id: string, index: number): string {
  return `${id}-${index}`;
}

/** What the text field says of its list: it keeps the focus, the list only shows what its keys do. */
export function completionField(
  id: string,
  { items, active }: { items: readonly unknown[]; active: number },
) {
  const open = items.length > 0;
  return {
    "aria-autocomplete": "list" as const,
    "aria-controls": open ? id : undefined,
    "aria-activedescendant": open ? optionId(id, active) : undefined,
  };
}

/**
 * Suggestions for the word that is being written. It stands in the flow right before the field, without height of its
 * own, and its list opens upwards from there. Without items there is nothing but the line that tells screen readers
 * how many there are.
 */
export function CompletionList<Item>(props: CompletionListProps<Item>) {
  const { id, label, items, active, keyOf, onPick, onActivate } = props;
  useEffect(() => document.getElementById(optionId(id, active))?.scrollIntoView({ block: "nearest" }), [
    id,
    items,
    active,
  ]);
  return (
    <div class="relative">
      <p class="sr-only" role="status">
        {items.length > 0 && `${items.length} ${items.length === 1 ? "suggestion" : "suggestions"}`}
      </p>
      {items.length > 0 && (
        <ul
          id={id}
          role="listbox"
          aria-label={label}
          class="absolute bottom-0 start-0 end-0 z-30 mb-1 max-h-[50vh] overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow"
        >
          {items.map((item, index) => (
            <li
              key={keyOf(item)}
              id={optionId(id, index)}
              role="option"
              aria-selected={index === active}
              class={cx(
                "flex min-h-[36px] cursor-pointer items-center gap-3 rounded px-3 no-hover:min-h-[44px]",
                index === active && "bg-hover",
              )}
              // The field must not lose the focus to the list.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(index)}
              onPointerMove={() => index !== active && onActivate?.(index)}
            >
              {props.children(item)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** An emoji in a list of suggestions. */
export function EmojiSuggestion({ emoji, code, name }: { emoji: string; code: string; name: string }) {
  return (
    <>
      <span class="text-xl" aria-hidden="true">{emoji}</span>
      <span class="shrink-0 text-sm">{`:${code}:`}</span>
      <span class="min-w-0 truncate text-sm text-soft">{name}</span>
    </>
  );
}
