import { type ComponentChild, render } from "preact";

/** Puts something at the page's end: what asks for it may be out of sight, or leave the page. Then the focus goes back. */
export function showAtEnd(draw: (onClose: () => void) => ComponentChild): void {
  const place = document.createElement("div");
  const before = document.activeElement as HTMLElement | null;
  document.body.append(place);
  const onClose = () => {
    render(null, place);
    place.remove();
    before?.focus();
  };
  render(draw(onClose), place);
}
