import { useState } from "preact/hooks";
import { GoTo, type GoToProps, NOWHERE } from "../components/dashboard/GoTo.tsx";
import { whereTo } from "../lib/protocol/where_to.ts";

/**
 * Goes there without asking the server, or says that it is nowhere: what a ghost room's link holds after the `#` is its
 * key, and none of the server's business, be the link ever so wrong.
 */
export default function GoToRoom(props: GoToProps) {
  const [refused, setRefused] = useState<Pick<GoToProps, "value" | "error">>(props);
  const go = (event: Event) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem("where") as HTMLInputElement;
    const path = whereTo(field.value, location.origin);
    if (path) return location.assign(path);
    setRefused({ value: field.value, error: NOWHERE });
    field.focus();
  };
  return (
    <div onSubmit={go}>
      <GoTo {...props} {...refused} />
    </div>
  );
}
