import { useEffect, useState } from "preact/hooks";
import { Button } from "../components/ui/Button.tsx";

/** A button that copies a link. Without scripts it is not there: the link beside it can be selected. */
export default function CopyLink({ text }: { text: string }) {
  const [state, setState] = useState<"absent" | "ready" | "copied">("absent");
  useEffect(() => {
    if (navigator.clipboard) setState("ready");
  }, []);
  if (state === "absent") return null;
  const copied = state === "copied";
  return (
    <>
      <Button
        icon={copied ? "check" : "copy"}
        onClick={() => navigator.clipboard.writeText(text).then(() => setState("copied"), () => {})}
      >
        Copy the link
      </Button>
      <span role="status" class="text-sm text-good">{copied ? "Copied." : ""}</span>
    </>
  );
}
