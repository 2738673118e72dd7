import { useEffect, useState } from "preact/hooks";
import { today } from "../../lib/client/page.ts";
import type { Clock } from "../clock.ts";

/** The server's clock first, so that both draw the same; then the reader's own zone, and each new day. */
export function useReaderClock(first: Clock): Clock {
  const [clock, setClock] = useState(first);
  useEffect(() => {
    let day = "";
    const look = () => {
      if (day === today()) return;
      day = today();
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      setClock({ locale: first.locale, timeZone, now: new Date().toISOString() });
    };
    look();
    const timer = setInterval(look, 60_000);
    return () => clearInterval(timer);
  }, []);
  return clock;
}
