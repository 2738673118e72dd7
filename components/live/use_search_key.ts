import { useEffect } from "preact/hooks";

/**
 * Ctrl-Shift-F, or ⌘-Shift-F, leads to the search. No single key does: it would be pressed by those who speak to their
 * computer (WCAG 2.1.4), and in a room the keys write.
 */
export function useSearchKey(href: string): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "f" || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
      if (event.altKey || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      location.assign(href);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [href]);
}
