import { cx } from "../cx.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";

export interface PanelTab<Id extends string> {
  id: Id;
  label: string;
  icon: IconName;
}

export interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly PanelTab<Id>[];
  current: Id;
  /** The id of the element that the tabs turn; theirs begin with it. */
  panelId: string;
  onTab: (id: Id) => void;
}

/** Tabs within a page. One stop for the Tab key, arrow keys between them. */
export function Tabs<Id extends string>({ label, tabs, current, panelId, onTab }: TabsProps<Id>) {
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = event.key === forward ? 1 : tabs.length - 1;
    const next = tabs[(tabs.findIndex(({ id }) => id === current) + step) % tabs.length]!;
    onTab(next.id);
    event.currentTarget.querySelector<HTMLElement>(`#${panelId}-${next.id}`)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-label={label}
      class="flex grow gap-1 rounded bg-sunken p-1"
      onKeyDown={onKeyDown}
    >
      {tabs.map(({ id, label, icon }) => (
        <button
          key={id}
          id={`${panelId}-${id}`}
          type="button"
          role="tab"
          aria-selected={id === current}
          aria-controls={panelId}
          tabIndex={id === current ? 0 : -1}
          class={cx(
            "flex min-h-[36px] grow basis-0 items-center justify-center gap-2 rounded px-3 text-sm font-bold no-hover:min-h-[44px]",
            id === current ? "bg-raised text-ink shadow" : "text-soft hover:bg-hover hover:text-ink",
          )}
          onClick={() => onTab(id)}
        >
          <Icon name={icon} class="size-4" />
          {label}
        </button>
      ))}
    </div>
  );
}
