/** The lines that stand between messages. */

/** Where a day begins. */
export function DayLine({ date, label }: { date: string; label: string }) {
  return (
    <div class="flex items-center gap-3 px-4 pt-6 pb-1 text-xs font-bold text-soft">
      <span class="h-px grow bg-line" />
      <time dateTime={date}>{label}</time>
      <span class="h-px grow bg-line" />
    </div>
  );
}

/** Where the reader left off. */
export function NewLine() {
  return (
    <div class="flex items-center gap-3 px-4 pt-4 pb-1 text-xs font-bold text-accent-text">
      <span class="h-px grow bg-accent" />
      <span dir="ltr">New since you left</span>
      <span class="h-px grow bg-accent" />
    </div>
  );
}
