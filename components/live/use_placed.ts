import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { placeBeside } from "./place_beside.ts";

/** Keeps what a button has opened beside that button, whatever scrolls; without the button it is closed. */
export function usePlaced(box: RefObject<HTMLElement>, button: HTMLElement, onGone: () => void): void {
  useLayoutEffect(() => {
    const place = () => {
      if (!button.isConnected) return onGone();
      if (box.current) placeBeside(box.current, button);
    };
    place();
    document.addEventListener("scroll", place, true);
    addEventListener("resize", place);
    return () => {
      document.removeEventListener("scroll", place, true);
      removeEventListener("resize", place);
    };
  });
}
