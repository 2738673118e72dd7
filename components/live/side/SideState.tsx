import type { SideView } from "../../../lib/client/side_messages.ts";
import { Button } from "../../ui/Button.tsx";
import { MessageSkeleton } from "../../ui/Skeleton.tsx";

/** What stands there while nothing can be shown. */
export function SideState(
  { view: { phase, reason }, onAgain }: { view: Pick<SideView, "phase" | "reason">; onAgain: () => void },
) {
  if (phase === "loading") return <MessageSkeleton />;
  return (
    <div class="flex flex-col items-start gap-2 p-4" role="alert">
      <p>{reason}</p>
      <Button size="small" icon="retry" onClick={onAgain}>Try again</Button>
    </div>
  );
}
