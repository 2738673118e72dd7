import type { ComponentChildren } from "preact";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { searchHref } from "./address.ts";

const IN = "in:general/en";
const EXAMPLES: { text: string; means: ComponentChildren }[] = [
  { text: "green tea", means: "both words, in any form; the last may be only begun" },
  { text: '"green tea"', means: "these words side by side, as they stand" },
  { text: "tea -milk", means: "tea, but no milk" },
  { text: "from:me", means: "said by you; or by somebody’s username or “name”" },
  { text: IN, means: "in a language room, a lounge (in:general) or a room by its address" },
  { text: "has:picture", means: "with a picture; also link, file, mention" },
  { text: "after:2026-10 before:2026-11-15", means: "between two days, months or years (UTC)" },
];

/** What can be asked for, by example: each is a link that asks for it. */
export function Guide({ room }: { room?: RoomId }) {
  return (
    <dl class="divide-y divide-line overflow-hidden rounded-lg border border-line bg-raised">
      {EXAMPLES.filter(({ text }) => !room || text !== IN).map(({ text, means }) => (
        <div key={text} class="flex flex-col gap-x-4 gap-y-1 px-4 py-3 sm:flex-row sm:items-center">
          <dt class="shrink-0 sm:w-80">
            <a
              href={searchHref({ q: text, sort: "new", room })}
              class="inline-flex min-h-[32px] items-center rounded bg-sunken px-2 font-mono text-sm hover:bg-hover no-hover:min-h-[44px]"
              dir="ltr"
            >
              {text}
            </a>
          </dt>
          <dd class="text-soft">{means}</dd>
        </div>
      ))}
    </dl>
  );
}
