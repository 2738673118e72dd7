import { useState } from "preact/hooks";
import { cx } from "../cx.ts";
import { sizeWords } from "../size_words.ts";
import { Icon } from "../ui/Icon.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Name } from "../ui/Name.tsx";

/** A file that goes with the next message. */
interface UploadItem {
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
  /** It failed, and may well get there the next time. */
  again?: boolean;
  /** A picture of it, from this very machine. */
  preview?: string;
}

export interface UploadTrayProps {
  items: readonly UploadItem[];
  /** What was not taken, and why. */
  notice?: string;
  onRemove: (key: string) => void;
  onRetry: (key: string) => void;
}

/** All of it is there at 100 %; then it is looked at and, when it is a picture, written anew. */
function stateWords({ state, percent, reason, size }: UploadItem): string {
  if (state === "failed") return reason ?? "It did not get there.";
  if (state === "ready") return sizeWords(size);
  return percent < 100 ? `${percent} % of ${sizeWords(size)}` : "Almost there…";
}

/** What calls itself a picture need not be one: then a sign stands for it. */
function Thumb({ item: { preview, state } }: { item: UploadItem }) {
  const [broken, setBroken] = useState(false);
  const faint = state !== "ready";
  return (
    <span class="flex size-14 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-hover">
      {preview && !broken
        ? (
          <img
            src={preview}
            alt=""
            class={cx("size-full object-cover", faint && "opacity-50")}
            onError={() => setBroken(true)}
          />
        )
        : <Icon name={state === "failed" ? "alert" : "file"} class="size-5 text-soft" />}
    </span>
  );
}

function Item(
  { item, onRemove, onRetry }: { item: UploadItem } & Pick<UploadTrayProps, "onRemove" | "onRetry">,
) {
  const { key, name, percent, state } = item;
  const failed = state === "failed";
  return (
    <li
      class={cx(
        "flex min-w-0 items-center gap-3 rounded p-1",
        failed ? "bg-bad-soft" : "bg-sunken",
      )}
    >
      <Thumb item={item} />
      <span class="min-w-0 grow">
        <Name class="text-sm font-semibold">{name}</Name>
        <span class={cx("block text-xs tabular-nums", failed ? "text-bad" : "text-soft")}>
          {stateWords(item)}
        </span>
        {state === "sending" && (
          <progress class="mt-1 block h-1 w-full" max={100} value={percent} aria-label={`Sending ${name}`} />
        )}
      </span>
      {failed && item.again && (
        <IconButton
          icon="retry"
          label={`Send ${name} again`}
          onClick={() => onRetry(key)}
        />
      )}
      <IconButton
        icon="close"
        label={state === "sending" ? `Cancel ${name}` : `Take ${name} away`}
        onClick={() => onRemove(key)}
      />
    </li>
  );
}

/** What screen readers hear: not every percent, but what has come and what has not. */
function newsOf(items: readonly UploadItem[]): string {
  const failed = items.filter(({ state }) => state === "failed");
  const ready = items.filter(({ state }) => state === "ready").length;
  const sending = items.length - ready - failed.length;
  return [
    ...failed.map(({ name, reason }) => `${name}: ${reason ?? "it did not get there."}`),
    ...(ready > 0 ? [`${ready} of ${items.length} files ready.`] : []),
    ...(sending > 0 ? [`Sending ${sending}.`] : []),
  ].join(" ");
}

/** Above the message field: what was chosen, how far it has come, and a way to take it back. */
export function UploadTray({ items, notice, ...on }: UploadTrayProps) {
  return (
    <div dir="ltr">
      <p role="status" class="sr-only">{items.length > 0 ? newsOf(items) : ""}</p>
      <div role="status">
        {notice && <p class="px-3 pt-2 text-sm font-semibold text-bad">{notice}</p>}
      </div>
      {items.length > 0 && (
        <ul class="grid gap-2 p-2 sm:grid-cols-2" aria-label="Files for this message">
          {items.map((item) => <Item key={item.key} item={item} {...on} />)}
        </ul>
      )}
    </div>
  );
}
