import { useRef, useState } from "preact/hooks";

/**
 * Which slide of a scrolling row is looked at. The row's own scrolling is the truth, so that swiping needs nothing from us;
 * keys and buttons scroll it.
 */
export function useSlides(count: number, first: number) {
  const track = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(first);
  const rightToLeft = () => track.current !== null && getComputedStyle(track.current).direction === "rtl";
  const show = (index: number, behavior: ScrollBehavior = "auto") => {
    const row = track.current;
    if (!row || index < 0 || index >= count) return;
    row.scrollTo({ left: index * row.clientWidth * (rightToLeft() ? -1 : 1), behavior });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const onward = rightToLeft() ? -1 : 1;
    const goal = { ArrowRight: at + onward, ArrowLeft: at - onward, Home: 0, End: count - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    show(goal);
  };
  return {
    ...{ at, track, onKeyDown },
    begin: () => show(first, "instant"),
    go: (step: number) => show(at + step),
    onScroll: () => {
      const row = track.current;
      if (row && row.clientWidth > 0) setAt(Math.round(Math.abs(row.scrollLeft) / row.clientWidth));
    },
  };
}
