import { showAtEnd } from "../../ui/at_end.ts";
import { Shortcuts } from "./Shortcuts.tsx";

export function openShortcuts(): void {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  showAtEnd((onClose) => <Shortcuts apple={apple} onClose={onClose} />);
}
