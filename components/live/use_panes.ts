import { useEffect, useMemo, useState } from "preact/hooks";
import { paneHistory, rememberPeopleOpen } from "../../lib/client/page.ts";
import type { Pane, RoomPageProps } from "../room/props.ts";

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
  return { pane, peopleOpen, go: steps.go, onTogglePeople };
}
