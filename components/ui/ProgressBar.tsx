export interface ProgressBarProps {
  label: string;
  /** 0 to 100. */
  percent: number;
}

/** How far a piece of work has come. */
export function ProgressBar({ label, percent }: ProgressBarProps) {
  return (
    <div>
      <p class="flex justify-between gap-3 text-sm font-semibold">
        <span id="progress-label">{label}</span>
        <span class="tabular-nums">{percent} %</span>
      </p>
      <progress
        class="mt-1.5 block h-2 w-full"
        max={100}
        value={percent}
        aria-labelledby="progress-label"
      >
        {percent} %
      </progress>
    </div>
  );
}
