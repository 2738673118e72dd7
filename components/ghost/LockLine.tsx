import { Icon } from "../ui/Icon.tsx";

const HOW =
  "Your browser locks words and files with a key that stands in the link after the #, a part that browsers send to nobody. We still see who is here by name and address, when they write, and roughly how much.";
const HOW_NOT = "The link holds no key. Words and files are kept as they are until the room ends.";

/** Who can read what is said here, in one line; how that comes, when it is asked. */
export function LockLine({ encrypted }: { encrypted: boolean }) {
  return (
    <details class="rounded border border-line bg-raised">
      <summary class="ring-inside flex min-h-[44px] items-center gap-3 rounded px-3 py-2 hover:bg-hover">
        <Icon
          name={encrypted ? "lock" : "unlock"}
          class={encrypted ? "size-5 text-good" : "size-5 text-warn"}
        />
        <span class="grow font-semibold">
          {encrypted ? "Only those with this link can read. We cannot." : "The server can read this room."}
        </span>
        <Icon name="open" class="turns size-4 text-soft" />
      </summary>
      <p class="px-3 pb-3 text-sm text-soft">{encrypted ? HOW : HOW_NOT}</p>
    </details>
  );
}
