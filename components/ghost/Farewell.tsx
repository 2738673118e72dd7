import { Button } from "../ui/Button.tsx";
import { Notice } from "./Notice.tsx";

export interface FarewellProps {
  /** What has happened, fit to show. */
  reason: string;
  /** The room is over: nothing of it is left anywhere. Otherwise one can go in again. */
  over: boolean;
  onBack: () => void;
}

const GONE = "Its words and files are being removed for good, and nothing stays in this browser.";

/** All that is left on the screen once one is out. */
export function Farewell({ reason, over, onBack }: FarewellProps) {
  if (over) return <Notice title="The room is gone" text={[reason, GONE]} />;
  return (
    <Notice title="You are out of the room" text={[reason]}>
      <Button kind="primary" icon="enter" onClick={onBack}>Back to the door</Button>
    </Notice>
  );
}
