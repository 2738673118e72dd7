import { useEffect, useMemo, useState } from "preact/hooks";
import { paneHistory, rememberPeopleOpen } from "../../lib/client/page.ts";
import type { Pane, RoomPageProps } from "../room/props.ts";

/** From here on the panel stands beside the conversation. */
const WIDE = "(min-width: 1024px)";

/** Phone panes and the desktop's people panel. */
export function usePanes(props: Pick<RoomPageProps, "pane" | "peopleOpen" | "path">) {
  const [pane, setPane] = useState(props.pane);
  const [peopleOpen, setPeopleOpen] = useState(props.peopleOpen);
  const steps = useMemo(
    () => paneHistory<Pane>(props.path, "conversation", ["rooms", "people"], setPane),
    [],
  );
  useEffect(steps.listen, []);
  const onTogglePeople = () => {
    setPeopleOpen(!peopleOpen);
    rememberPeopleOpen(!peopleOpen);
  };
  const revealed = () => matchMedia(WIDE).matches ? peopleOpen : pane === "people";
  /** Brings the right panel into view. @returns what hides it again, if it was hidden */
  const reveal = (): (() => void) | null => {
    if (revealed()) return null;
    if (!matchMedia(WIDE).matches) {
      steps.go("people");
      return () => steps.go("conversation");
    }
    setPeopleOpen(true);
    return () => setPeopleOpen(false);
  };
  return { pane, peopleOpen, go: steps.go, onTogglePeople, reveal, revealed };
}
