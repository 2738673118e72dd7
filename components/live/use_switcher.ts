import { useEffect, useRef } from "preact/hooks";
import type { SwitcherProps } from "./switcher/Switcher.tsx";

/** Ctrl-K, or ⌘K, leads to another room. What that takes is loaded when it is first asked for. */
export function useSwitcher(props: Omit<SwitcherProps, "onClose">): void {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    let loading = false;
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      if (event.shiftKey || event.altKey || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (loading) return;
      loading = true;
      import("./switcher/open_switcher.tsx")
        .then(({ openSwitcher }) => openSwitcher(latest.current))
        // Without a network one stays where one is.
        .catch(() => {})
        .finally(() => loading = false);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
