import { Icon } from "../ui/Icon.tsx";

/** Lies over the conversation while files are held above the page; what was said shows through. */
export function DropHint() {
  return (
    <div class="pointer-events-none absolute inset-2 z-40" role="status" dir="ltr">
      <div class="absolute inset-0 rounded-lg border-2 border-dashed border-accent bg-paper opacity-90" />
      <p class="relative flex h-full flex-col items-center justify-center gap-2 font-semibold">
        <Icon name="attach" class="size-6 text-accent-text" />
        Drop files here to send them
      </p>
    </div>
  );
}
