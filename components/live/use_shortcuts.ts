import { useEffect } from "preact/hooks";

const FIELDS = "input, textarea, select, [contenteditable]";

/** `?` where nothing is written, and Ctrl-/ or ⌘/ everywhere. */
function isAsked(event: KeyboardEvent): boolean {
  if (event.altKey || event.isComposing) return false;
  if (event.key === "/" && (event.ctrlKey || event.metaKey)) return true;
  const plain = event.key === "?" && !event.ctrlKey && !event.metaKey;
  return plain && !(event.target instanceof Element && event.target.closest(FIELDS));
}

/** Shows what the keyboard can do, over the page. That is loaded when it is asked for. */
export async function showShortcuts(): Promise<void> {
  // Without a network there is no list, and the keys work all the same.
  const loaded = await import("./shortcuts/open_shortcuts.tsx").catch(() => null);
  // It may have been asked for twice while it was on its way.
  if (!document.querySelector("dialog[open]")) loaded?.openShortcuts();
}

/** The keys that lead to the list of all keys. */
export function useShortcuts(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!isAsked(event) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      void showShortcuts();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
