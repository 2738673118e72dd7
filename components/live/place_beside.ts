/** Pixels between a button and what it opened, and from there to the window's edge. */
const GAP = 4;
const EDGE = 8;

/** Puts `box`, which is `fixed`, below `button`, or above where there is more room; its end with the button's end. */
export function placeBeside(box: HTMLElement, button: HTMLElement): void {
  const { width, height } = box.getBoundingClientRect();
  const { top, bottom, left, right } = button.getBoundingClientRect();
  const below = innerHeight - bottom - GAP - EDGE;
  const y = below >= height || below >= top ? bottom + GAP : top - GAP - height;
  const ends = right - width >= EDGE ? right - width : left;
  box.style.setProperty("top", `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`);
  box.style.setProperty("left", `${Math.max(EDGE, Math.min(ends, innerWidth - width - EDGE))}px`);
}
