import type { TypingLineProps } from "./props.ts";

/** Keeps its height when nobody types, so that nothing moves when somebody begins. */
export function TypingLine({ names }: TypingLineProps) {
  const [one, two] = names;
  return (
    <div class="h-6 shrink-0 truncate px-4 text-sm leading-6 text-soft" aria-live="polite">
      {names.length === 1 && (
        <>
          <bdi class="font-bold">{one}</bdi> is typing…
        </>
      )}
      {names.length === 2 && (
        <>
          <bdi class="font-bold">{one}</bdi> and <bdi class="font-bold">{two}</bdi> are typing…
        </>
      )}
      {names.length > 2 && "Several people are typing…"}
    </div>
  );
}
