import { useState } from "preact/hooks";
import { Button } from "../ui/Button.tsx";

/** Ending a room is asked once. */
export function CloseRoom({ onCloseRoom }: { onCloseRoom: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return <Button kind="danger" icon="close" onClick={() => setAsking(true)}>Close the room…</Button>;
  }
  return (
    <div
      class="flex flex-col gap-2 rounded border border-bad bg-raised p-3"
      role="group"
      aria-label="Close this room?"
    >
      <p class="text-sm font-semibold">Close it for everybody? All that was said in it is gone for good.</p>
      <div class="flex flex-wrap gap-2">
        <Button size="small" kind="danger" onClick={onCloseRoom}>Close it</Button>
        <Button size="small" kind="quiet" onClick={() => setAsking(false)}>Keep it</Button>
      </div>
    </div>
  );
}
