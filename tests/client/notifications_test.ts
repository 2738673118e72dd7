import { expect } from "expect";
import { closeRead, isAudible, isToldHere, setAudible } from "../../lib/client/attention.ts";
import {
  deviceState,
  type Here,
  keepOn,
  type PushBrowser,
  turnOff,
  turnOn,
} from "../../lib/client/notifications.ts";
import { Refusal } from "../../lib/client/refusal.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { SharedStorage } from "./support.ts";

const ME = "7" as UserId;
const KEY = "BEDwPdo6k6DktTLIXkxLTOKe3738gk5mirpho_oqOIeK6wUYhqesW-69c9zaRXB_915dMH6t0o95hZtr6Qf-Ia8";

/** A browser that subscribes, and what it was asked. */
function fakeBrowser(
  { supported = true, homeScreen = false, answer = "granted" as NotificationPermission } = {},
) {
  let permission: NotificationPermission = "default";
  let key: string | null = null;
  let count = 0;
  const asked: string[] = [];
  const subscription = () => ({
    endpoint: `https://push.example/${count}`,
    options: { applicationServerKey: Uint8Array.fromBase64(key!, { alphabet: "base64url" }).buffer },
    toJSON: () => ({ endpoint: `https://push.example/${count}` }),
    unsubscribe: () => (key = null, Promise.resolve(true)),
  });
  const pushManager = {
    getSubscription: () => Promise.resolve(key === null ? null : subscription()),
    subscribe(options: { applicationServerKey: string }) {
      key = options.applicationServerKey;
      count++;
      return Promise.resolve(subscription());
    },
  } as unknown as PushManager;
  let registered = false;
  const browser: PushBrowser = {
    supported: () => supported,
    wantsHomeScreen: () => homeScreen,
    permission: () => permission,
    ask: () => (asked.push("permission"), Promise.resolve(permission = answer)),
    register: () => (registered = true, Promise.resolve({ pushManager })),
    registered: () => Promise.resolve(registered ? { pushManager } : undefined),
  };
  return { browser, asked };
}

function calls({ fails = false } = {}) {
  const made: string[] = [];
  const write = <Data>(method: string, path: string, body?: unknown) => {
    made.push(`${method} ${path} ${(body as { endpoint: string }).endpoint}`);
    return fails ? Promise.reject(new Refusal("FORBIDDEN", "No.")) : Promise.resolve({} as Data);
  };
  const fetch = () => Promise.resolve(Response.json({ success: true, data: { publicKey: KEY } }));
  return { made, write, fetch };
}

const here = (browser: PushBrowser, store = new SharedStorage().tab(), me = ME): Here => ({
  browser,
  store,
  me,
});

Deno.test("a browser says what it can do without asking anybody", async () => {
  const states = [
    fakeBrowser({ supported: false }),
    fakeBrowser({ supported: false, homeScreen: true }),
    fakeBrowser(),
  ];
  const said = await Promise.all(states.map(({ browser }) => deviceState(here(browser))));
  expect(said).toEqual(["unsupported", "home-screen", "off"]);
  expect(states.flatMap(({ asked }) => asked)).toEqual([]);
});

Deno.test("a device is on once its owner says yes and the server knows, and off again by both", async () => {
  const { browser, asked } = fakeBrowser();
  const { made, write } = calls();
  const mine = here(browser);
  expect(await turnOn(mine, write, KEY)).toBe("on");
  expect([await deviceState(mine), asked]).toEqual(["on", ["permission"]]);
  expect(await turnOff(mine, write)).toBe("off");
  expect(await deviceState(mine)).toBe("off");
  expect(made).toEqual([
    "POST /api/notifications/subscriptions https://push.example/1",
    "DELETE /api/notifications/subscriptions https://push.example/1",
  ]);
});

Deno.test("a device stays off when its owner says no, or the server does", async () => {
  const { made, write } = calls();
  const no = here(fakeBrowser({ answer: "denied" }).browser);
  expect([await turnOn(no, write, KEY), await deviceState(no), made]).toEqual(["refused", "refused", []]);
  const unheard = here(fakeBrowser().browser);
  await expect(turnOn(unheard, calls({ fails: true }).write, KEY)).rejects.toThrow("No.");
  expect(await deviceState(unheard)).toBe("off");
});

Deno.test("somebody else who signs in to the browser is not told there until they say so", async () => {
  const { browser } = fakeBrowser();
  const store = new SharedStorage().tab();
  const { made, write, fetch } = calls();
  await turnOn(here(browser, store), write, KEY);
  const other = here(browser, store, "8" as UserId);
  expect(await deviceState(other)).toBe("off");
  await keepOn(other, fetch, write);
  expect(made).toHaveLength(1);
  await keepOn(here(browser, store), fetch, write);
  expect(made).toHaveLength(2);
  expect(isToldHere(store, "8" as UserId, "2026-08-02")).toBe(false);
  expect(isToldHere(store, ME, "2026-08-02")).toBe(true);
  expect(isToldHere(store, ME, "2026-08-02")).toBe(false);
  expect(isToldHere(store, ME, "2026-08-03")).toBe(true);
});

Deno.test("a subscription for another key is replaced when the server's has changed", async () => {
  const { browser } = fakeBrowser();
  const { made, write, fetch } = calls();
  const mine = here(browser);
  await turnOn(mine, write, KEY.replace(/a8$/, "a4"));
  await keepOn(mine, fetch, write);
  await keepOn(mine, fetch, write);
  expect(made.map((line) => line.at(-1))).toEqual(["1", "2", "2"]);
});

Deno.test("what a device shows goes when it was read, and stays when it was not", async () => {
  const closed: string[] = [];
  const shown = [["1", 4], ["1", 5], ["2", 1], [undefined, undefined]].map(([roomId, seq]) => ({
    data: { roomId, seq },
    close: () => void closed.push(`${roomId}-${seq}`),
  })) as unknown as Notification[];
  const worker = { getNotifications: () => Promise.resolve(shown) };
  await closeRead([{ id: "1" as RoomId, readSeq: 4 }], () => Promise.resolve(worker));
  expect(closed).toEqual(["1-4"]);
  await closeRead([{ id: "1" as RoomId, readSeq: 9 }], () => Promise.resolve(undefined));
  expect(closed).toEqual(["1-4"]);
});

Deno.test("open pages are silent until somebody wants to hear them", () => {
  const store = new SharedStorage().tab();
  expect(isAudible(store)).toBe(false);
  setAudible(store, true);
  expect(isAudible(store)).toBe(true);
  setAudible(store, false);
  expect(isAudible(store)).toBe(false);
});
