import { useEffect } from "preact/hooks";
import { countsOf } from "../components/lounges/live.ts";
import { onlineDot } from "../components/ui/online.ts";
import { Backoff } from "../lib/client/backoff.ts";
import { browserPage, browserTimers } from "../lib/client/environment.ts";
import { keepCounting } from "../lib/client/live_counts.ts";
import type { LoungeView } from "../lib/protocol/types.ts";

/** Milliseconds: the longest that somebody waits after the server did not answer. */
const PATIENCE = 300_000;

/** Keeps the numbers of people on a page of lounges fresh. Draws nothing itself: the numbers are the server's own. */
export default function LiveCounts() {
  useEffect(() => {
    const backoff = new Backoff(Math.random, 10_000, PATIENCE);
    return keepCounting({ refresh, page: browserPage, timers: browserTimers, backoff });
  }, []);
  return null;
}

async function refresh(): Promise<void> {
  const answer = await fetch("/api/chatroom/lounges");
  if (!answer.ok) throw new Error(`${answer.status}`);
  const { data }: { data: LoungeView[] } = await answer.json();
  const counts = countsOf(data);
  for (const place of document.querySelectorAll<HTMLElement>("[data-online]")) {
    const count = counts.get(place.dataset.online!);
    // A lounge that was closed meanwhile keeps what it had.
    if (count !== undefined) draw(place, count);
  }
}

function draw({ children: [dot, number] }: HTMLElement, count: number): void {
  if (number!.textContent === `${count}`) return;
  number!.textContent = `${count}`;
  dot!.className = onlineDot(count);
}
