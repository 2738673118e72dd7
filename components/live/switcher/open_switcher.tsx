import { showAtEnd } from "../../ui/at_end.ts";
import { Switcher, type SwitcherProps } from "./Switcher.tsx";

export function openSwitcher(props: Omit<SwitcherProps, "onClose">): void {
  showAtEnd((onClose) => <Switcher {...props} onClose={onClose} />);
}
