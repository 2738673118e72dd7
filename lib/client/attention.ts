/** How a page that is open somewhere says that there is something new. */
import type { RoomId, UserId } from "../protocol/ids.ts";
import type { MyRoom } from "../protocol/types.ts";
import type { Store } from "./environment.ts";

/** Who counts: the room that the page shows, or the list of all the others. */
export type Counter = "room" | "others";

const ICON = "/favicon.svg";
const ICON_UNREAD = "/favicon-unread.svg";
const SOUND = "parley.sound";
/** Who is told things in this browser, and the day on which the server last heard so. */
export const TOLD = "parley.told";
const RENEWED = "parley.told.renewed";
/** Seconds and hertz of what is heard. */
const TONES = [{ at: 0, pitch: 659 }, { at: 0.12, pitch: 880 }];
const TONE_LASTS = 0.18;
const LOUDNESS = 0.08;

/** Puts what is new into the tab's title, on its icon, and on the app's where there is one. Each counter has its own share. */
export function tellCount(counter: Counter, count: number): void {
  const { dataset } = document.documentElement;
  dataset[counter === "room" ? "newHere" : "newElsewhere"] = `${count}`;
  const total = Number(dataset.newHere ?? 0) + Number(dataset.newElsewhere ?? 0);
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = total > 0 ? `(${total}) ${title}` : title;
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const wanted = total > 0 ? ICON_UNREAD : ICON;
  if (icon && icon.getAttribute("href") !== wanted) icon.href = wanted;
  void tellApp(total).catch(() => {});
}

async function tellApp(total: number): Promise<void> {
  if (!("setAppBadge" in navigator)) return;
  if (total > 0) await navigator.setAppBadge(total);
  else await navigator.clearAppBadge();
}

/** What of a service worker is used here. */
type Shown = Pick<ServiceWorkerRegistration, "getNotifications">;

/** Takes away what this device shows of rooms that were read up to there, on whichever device. */
export async function closeRead(
  rooms: readonly Pick<MyRoom, "id" | "readSeq">[],
  find = findWorker,
): Promise<void> {
  const registration = await find();
  const shown = await registration?.getNotifications() ?? [];
  const readSeqs = new Map<RoomId, number>(rooms.map(({ id, readSeq }) => [id, readSeq]));
  for (const notification of shown) {
    const { roomId, seq } = notification.data ?? {};
    if ((readSeqs.get(roomId) ?? 0) >= seq) notification.close();
  }
}

async function findWorker(): Promise<Shown | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  return await navigator.serviceWorker.getRegistration("/");
}

/** True once a day, in a browser on which they wanted to be told. */
export function isToldHere(store: Store, me: UserId, day: string): boolean {
  if (store.get(TOLD) !== me || store.get(RENEWED) === day) return false;
  store.set(RENEWED, day);
  return true;
}

/** Whether open pages may be heard: not unless somebody has said so, in this browser. */
export function isAudible(store: Store): boolean {
  return store.get(SOUND) === "on";
}

export function setAudible(store: Store, on: boolean): void {
  if (on) store.set(SOUND, "on");
  else store.remove(SOUND);
}

/** Two soft notes. Silent where the browser wants a click first. */
export function chime(): void {
  const context = new AudioContext();
  for (const { at, pitch } of TONES) {
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const begin = context.currentTime + at;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(LOUDNESS, begin);
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + TONE_LASTS);
    tone.connect(volume).connect(context.destination);
    tone.start(begin);
    tone.stop(begin + TONE_LASTS);
  }
  setTimeout(() => void context.close(), 1_000);
}
