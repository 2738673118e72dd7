import { useEffect, useState } from "preact/hooks";

/** Milliseconds under which every second counts. */
const CLOSE = 10 * 60_000;

/**
 * Milliseconds until `endsAt`, drawn again as they pass: every second in the last ten minutes, before that at each
 * quarter of a minute.
 * @param endsAt ISO 8601
 * @param ahead milliseconds by which the server's clock is ahead of ours
 */
export function useCountdown(endsAt: string, ahead = 0): number {
  const read = () => Math.max(0, Date.parse(endsAt) - Date.now() - ahead);
  const [left, setLeft] = useState(read);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const now = read();
      setLeft(now);
      if (now > 0) timer = setTimeout(tick, now <= CLOSE + 15_000 ? 1000 : 15_000);
    };
    tick();
    return () => clearTimeout(timer);
  }, [endsAt, ahead]);
  return left;
}
