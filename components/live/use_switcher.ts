import { useEffect, useRef } from "preact/hooks";
import type { SwitcherProps } from "./switcher/Switcher.tsx";

type Props = Omit<SwitcherProps, "onClose">;

/** Ctrl-K, or ⌘K, leads to another room. What that takes is loaded when it is first asked for. */
export function useSwitcher(props: Props): void {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    let loading = false;
    let open: ((props: Props) => void) | undefined;
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      if (event.shiftKey || event.altKey || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      // At once when it is there: what is typed on is meant for it.
      if (open) return open(latest.current);
      if (loading) return;
      loading = true;
      import("./switcher/open_switcher.tsx")
        .then(({ openSwitcher }) => (open = openSwitcher)(latest.current))
        // Without a network one stays where one is.
        .catch(() => {})
        .finally(() => loading = false);
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
