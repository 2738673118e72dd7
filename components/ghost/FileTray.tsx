import { cx } from "../cx.ts";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Name } from "../ui/Name.tsx";
import { sizeWords } from "./size_words.ts";

/** A file that goes with the next message. */
export interface TrayItem {
  /** Chosen here; the file has no id yet. */
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** 0 to 100. */
  percent: number;
  state: "sending" | "ready" | "failed";
  /** Why it failed, fit to show. */
  reason?: string;
}

function stateOf({ state, percent, reason, size }: TrayItem): string {
  if (state === "failed") return reason ?? "It did not get there.";
  return state === "ready" ? sizeWords(size) : `${percent} %`;
}

function Item({ item, onRemove }: { item: TrayItem; onRemove: (key: string) => void }) {
  const failed = item.state === "failed";
  return (
    <li class="flex min-w-0 items-center gap-2 rounded bg-sunken ps-3">
      <Icon name={failed ? "alert" : "file"} class="size-4 text-soft" />
      <span class="min-w-0 grow py-1.5">
        <Name class="text-sm font-semibold">{item.name}</Name>
        <span class={cx("block text-xs tabular-nums", failed ? "text-bad" : "text-soft")}>
          {stateOf(item)}
        </span>
        {item.state === "sending" && (
          <progress
            class="mt-1 block h-1 w-full"
            max={100}
            value={item.percent}
            aria-label={`Sending ${item.name}`}
          />
        )}
      </span>
      <IconButton
        icon="close"
        label={item.state === "sending" ? `Cancel ${item.name}` : `Take ${item.name} away`}
        onClick={() => onRemove(item.key)}
      />
    </li>
  );
}

/** Above the message field: what was chosen, how far it has come, and a way to take it back. */
export function FileTray(
  { items, notice, onRemove }: {
    items: readonly TrayItem[];
    notice?: string;
    onRemove: (key: string) => void;
  },
) {
  return (
    <div role="status" dir="ltr">
      {notice && <p class="px-3 pt-2 text-sm font-semibold text-bad">{notice}</p>}
      {items.length > 0 && (
        <ul class="grid gap-2 p-2 sm:grid-cols-2">
          {items.map((item) => <Item key={item.key} item={item} onRemove={onRemove} />)}
        </ul>
      )}
    </div>
  );
}
