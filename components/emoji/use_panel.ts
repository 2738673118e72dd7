import type { RefObject } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";

export interface PanelDeps {
  panel: RefObject<HTMLElement>;
  opener?: () => HTMLElement | null;
  onClose: () => void;
}

const FOCUSABLE = "button:not([tabindex='-1']):not(:disabled), input:not(:disabled), [tabindex='0']";

/** The focus goes back to where it was, unless it has left the panel by itself. */
function useFocusReturn({ panel, opener }: PanelDeps): void {
  // As early as the panel may take the focus, and by its order before that.
  useLayoutEffect(() => {
    const before = opener?.() ?? document.activeElement as HTMLElement | null;
    const inside = panel.current;
    return () => {
      const now = document.activeElement;
      if (now === null || now === document.body || inside?.contains(now)) before?.focus();
    };
  }, []);
}

/** A press outside closes; one on the opener is the opener's own affair. */
function useOutsidePress({ panel, opener, onClose }: PanelDeps): void {
  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!panel.current?.contains(target) && !opener?.()?.contains(target)) onClose();
    };
    document.addEventListener("pointerdown", pressed);
    return () => document.removeEventListener("pointerdown", pressed);
  }, [onClose]);
}

/** Keeps Tab within the panel, from its last stop to its first and back. */
export function wrapTab(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((stop) => stop.checkVisibility());
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from && document.activeElement !== panel) return;
  event.preventDefault();
  to?.focus();
}

/** What had the focus may go while the panel is drawn anew; then the keys must still reach the panel. */
function useFocusInside({ panel }: PanelDeps): void {
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus();
  });
}

/** What makes a box a popover dialog: where the focus comes from and goes to, and what closes it. */
export function usePanel(deps: PanelDeps): void {
  useFocusReturn(deps);
  useOutsidePress(deps);
  useFocusInside(deps);
}
