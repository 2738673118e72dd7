import { Banner } from "../ui/Banner.tsx";
import type { OfflineBannerProps } from "./props.ts";

function waits(waiting: number): string {
  if (waiting === 0) return "";
  const what = waiting === 1 ? "Your message goes" : `${waiting} messages go`;
  return ` ${what} out when you are back.`;
}

/** A thin line while the room is not live. What was written meanwhile is safe, and it says so. */
export function OfflineBanner({ connection, waiting = 0, onRetry }: OfflineBannerProps) {
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
    </div>
  );
}
