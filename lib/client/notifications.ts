/** This browser as a device that is told things by Web Push. */
import type { UserId } from "../protocol/ids.ts";
import { call, type Fetch, type Write } from "./api.ts";
import { TOLD } from "./attention.ts";
import type { Store } from "./environment.ts";
import { Refusal } from "./refusal.ts";

const WORKER = "/sw.js";
const SUBSCRIPTIONS = "/api/notifications/subscriptions";

/**
 * - `unsupported`: this browser has no Web Push
 * - `home-screen`: it has, for pages that were put on the home screen (iPhone and iPad)
 * - `refused`: somebody has said no, which only the browser's own settings take back
 */
export type DeviceState = "unsupported" | "home-screen" | "refused" | "off" | "on";

/** What of a browser is used here, so that tests can stand in for it. */
export interface PushBrowser {
  supported(): boolean;
  /** An iPhone or iPad, outside an app of the home screen. */
  wantsHomeScreen(): boolean;
  permission(): NotificationPermission;
  ask(): Promise<NotificationPermission>;
  /** The service worker, begun when there is none. */
  register(): Promise<Pick<ServiceWorkerRegistration, "pushManager">>;
  /** The service worker, when there is one. */
  registered(): Promise<Pick<ServiceWorkerRegistration, "pushManager"> | undefined>;
}

export const pushBrowser: PushBrowser = {
  supported: () =>
    "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis,
  wantsHomeScreen: () =>
    /iPhone|iPad|Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1 &&
    !matchMedia("(display-mode: standalone)").matches,
  permission: () => Notification.permission,
  ask: () => Notification.requestPermission(),
  async register() {
    await navigator.serviceWorker.register(WORKER, { scope: "/", updateViaCache: "none" });
    return await navigator.serviceWorker.ready;
  },
  registered: () => navigator.serviceWorker.getRegistration("/"),
};

export interface Here {
  browser: PushBrowser;
  store: Store;
  me: UserId;
}

/** Asks nobody for anything. */
export async function deviceState({ browser, store, me }: Here): Promise<DeviceState> {
  if (!browser.supported()) return browser.wantsHomeScreen() ? "home-screen" : "unsupported";
  if (browser.permission() === "denied") return "refused";
  const subscription = await (await browser.registered())?.pushManager.getSubscription();
  const mine = store.get(TOLD) === me && browser.permission() === "granted";
  return subscription && mine ? "on" : "off";
}

/**
 * Has this browser told things. To be called by a click: the browser may ask its owner whether it may.
 * @param publicKey the server's, in base64url
 * @returns `refused` when its owner says no
 * @throws {Refusal} whose message is fit to show
 */
export async function turnOn(
  { browser, store, me }: Here,
  write: Write,
  publicKey: string,
): Promise<DeviceState> {
  const permission = await browser.ask();
  if (permission !== "granted") return permission === "denied" ? "refused" : "off";
  const { pushManager } = await browser.register();
  const subscription = await subscribe(pushManager, publicKey);
  try {
    await write("POST", SUBSCRIPTIONS, subscription.toJSON());
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
  store.set(TOLD, me);
  return "on";
}

/** Ends it, here and on the server. @throws {Refusal} */
export async function turnOff({ browser, store }: Here, write: Write): Promise<DeviceState> {
  store.remove(TOLD);
  const subscription = await (await browser.registered())?.pushManager.getSubscription();
  if (!subscription) return "off";
  const { endpoint } = subscription;
  // Even when the server does not answer, nothing comes through any more.
  await subscription.unsubscribe();
  await write("DELETE", SUBSCRIPTIONS, { endpoint });
  return "off";
}

/**
 * Tells the server of this browser again, for somebody who has turned it on here: they may have signed out and in, and the
 * server's key may be another. Asks nobody for anything.
 * @throws {Refusal}
 */
export async function keepOn(here: Here, fetch: Fetch, write: Write): Promise<void> {
  if (await deviceState(here) !== "on") return;
  const { browser } = here;
  const { publicKey } = await call<{ publicKey: string | null }>(fetch, "/api/notifications/key");
  const registration = await browser.registered();
  if (!publicKey || !registration) return;
  const subscription = await subscribe(registration.pushManager, publicKey);
  await write("POST", SUBSCRIPTIONS, subscription.toJSON());
}

/** One for another server key is of no use, and stands in the way. @throws {Refusal} */
async function subscribe(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const known = await manager.getSubscription();
  const key = known?.options.applicationServerKey;
  if (known && key && sameKey(key, publicKey)) return known;
  await known?.unsubscribe();
  try {
    return await manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  } catch {
    throw new Refusal("UNAVAILABLE", "Your browser's push service cannot be reached. Try again later.");
  }
}

function sameKey(key: ArrayBuffer, publicKey: string): boolean {
  const text = btoa(String.fromCharCode(...new Uint8Array(key)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === publicKey;
}
