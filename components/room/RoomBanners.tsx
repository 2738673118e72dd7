import { timeOfDay } from "../clock.ts";
import { Banner } from "../ui/Banner.tsx";
import type { RoomBannersProps } from "./props.ts";

function waits(waiting: number): string {
  if (waiting === 0) return "";
  const what = waiting === 1 ? "Your message goes" : `${waiting} messages go`;
  return ` ${what} out when you are back.`;
}

/**
 * Thin lines over the conversation: that the room is not live (what was written meanwhile is safe, and it says so), and
 * that its time is nearly over.
 */
export function RoomBanners({ connection, waiting = 0, onRetry, endsSoon, clock }: RoomBannersProps) {
  return (
    <div class="absolute inset-x-0 top-0 z-20" role="status">
      {connection === "offline" && (
        <Banner tone="warn" icon="offline">
          <span>You are offline.{waits(waiting)}</span>
        </Banner>
      )}
      {connection === "connecting" && (
        <Banner tone="info" icon="retry">
          <span>Connecting again…{waits(waiting)}</span>
          {onRetry && (
            <button type="button" class="min-h-[24px] px-1 underline" onClick={onRetry}>Try now</button>
          )}
        </Banner>
      )}
      {endsSoon && (
        <Banner tone="warn" icon="clock">
          <span>
            This room ends at{" "}
            <time dateTime={endsSoon}>{timeOfDay(clock, endsSoon)}</time>. All that was said in it goes with
            it.
          </span>
        </Banner>
      )}
    </div>
  );
}
