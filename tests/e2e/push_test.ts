/**
 * From somebody's words to the notification on somebody else's screen. All of it is real but the push service, which
 * Chromium's own would be on the internet: a stand-in opens what is sent, and DevTools hands it to the service worker.
 */
import { expect } from "expect";
import type { Browser, BrowserContextOptions, Page, Worker } from "playwright-core";
import { registerByEmail, somebody } from "../support/account_pages.ts";
import { barriers, overflow } from "../support/barriers.ts";
import { Person, startBrowser } from "../support/browser.ts";
import { Outbox } from "../support/outbox.ts";
import { type Browser as Told, type PushService, startPushService } from "../support/push_service.ts";
import { type Server, startServer } from "../support/server.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";

const PHONE = { width: 390, height: 844 };
const ROOM = "/lounges/general/en";

let server: Server;
let browser: Browser;
let service: PushService;
let outbox: Outbox;

Deno.test.beforeAll(async () => {
  service = startPushService();
  [server, browser] = await Promise.all([startServer(), startBrowser({ whole: true })]);
  outbox = new Outbox(server.origin);
});
Deno.test.afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
});

/** A browser whose push service is the stand-in, and which counts how often it was asked for permission. */
function standIn(subscription: object): string {
  return `(${(json: object) => {
    const scope = globalThis as unknown as { asked: number };
    scope.asked = 0;
    const ask = Notification.requestPermission.bind(Notification);
    Notification.requestPermission = () => (scope.asked++, ask());
    const sub = {
      ...json,
      options: { applicationServerKey: null },
      toJSON: () => json,
      unsubscribe: () => (localStorage.removeItem("test.subscribed"), Promise.resolve(true)),
    };
    const found = () => localStorage.getItem("test.subscribed") ? sub : null;
    Object.assign(PushManager.prototype, {
      getSubscription: () => Promise.resolve(found()),
      subscribe: () => (localStorage.setItem("test.subscribed", "yes"), Promise.resolve(sub)),
    });
  }})(${JSON.stringify(subscription)})`;
}

interface Member {
  person: Person;
  page: Page;
  told: Told;
  username: string;
}

async function member(options: BrowserContextOptions = {}, permit = true): Promise<Member> {
  const person = await Person.sitDown(browser, server.origin, options);
  const told = await service.browser();
  if (permit) await person.context.grantPermissions(["notifications"], { origin: server.origin });
  await person.context.addInitScript(standIn(told.subscription));
  const who = somebody();
  await registerByEmail(person.page, outbox, who);
  return { person, page: person.page, told, username: who.username };
}

async function turnOn({ page }: Member): Promise<void> {
  await page.goto("/me/notifications");
  await page.getByRole("button", { name: "Notify me on this device" }).click();
  await page.getByText("Done: this device gets notifications now.").waitFor();
}

/** Hands a push to the service worker, as the browser does when it comes: again, when DevTools has lost it. */
async function deliver({ person, page }: Member, data: string): Promise<void> {
  const devtools = await person.context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      if (registrations[0]) resolve(registrations[0].registrationId);
    });
  });
  await devtools.send("ServiceWorker.enable");
  const push = { origin: server.origin, registrationId: await registered, data };
  const tag = /"tag":"([^"]+)"/.exec(data)?.[1] ?? "parley";
  await until(`"${tag}" on the screen`, async () => {
    await devtools.send("ServiceWorker.deliverPushMessage", push);
    return await comesToStand(page, tag);
  });
  await devtools.detach();
}

/** Whether a notification comes within two seconds; one that a page closes at once has come too. */
function comesToStand(page: Page, tag: string): Promise<boolean> {
  return page.evaluate(async (tag) => {
    const registration = await navigator.serviceWorker.ready;
    const end = performance.now() + 2_000;
    while (performance.now() < end) {
      if ((await registration.getNotifications({ tag })).length > 0) return true;
      await new Promise((done) => setTimeout(done, 5));
    }
    return false;
  }, tag);
}

/** What stands on the screen now. */
function shown(page: Page): Promise<{ title: string; body: string; tag: string }[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
  });
}

function workerOf({ person }: Member): Promise<Worker> {
  return until("the service worker", () => person.context.serviceWorkers()[0]);
}

/** Clicks a notification. Only a real click may open windows, so what would be opened or raised is written down. */
function click(worker: Worker, tag: string): Promise<{ opened: string[]; raised: string[] }> {
  return worker.evaluate(async (tag) => {
    const scope = globalThis as unknown as {
      clients: { openWindow(url: string): Promise<void> };
      registration: ServiceWorkerRegistration;
      WindowClient: { prototype: { focus(): Promise<unknown> } };
      NotificationEvent: new (type: string, init: object) => Event;
    };
    const opened: string[] = [];
    const raised: string[] = [];
    scope.clients.openWindow = (url) => Promise.resolve(void opened.push(url));
    scope.WindowClient.prototype.focus = function (this: { url: string }) {
      return Promise.resolve(raised.push(this.url));
    };
    const [notification] = await scope.registration.getNotifications({ tag });
    dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
    while (opened.length + raised.length === 0) await new Promise((done) => setTimeout(done, 5));
    return { opened, raised };
  }, tag);
}

Deno.test("somebody who is named reads so on their screen, and a click leads to it, when they have turned this on", async () => {
  const ben = await member();
  const { page } = ben;
  await page.goto("/me/notifications");
  await page.getByText("Notifications are off here.").waitFor();
  const asked = () => page.evaluate(() => (globalThis as unknown as { asked: number }).asked);
  expect(await asked()).toBe(0);
  await turnOn(ben);
  await page.goto("/dashboard");

  const ann = await guest(server, { name: "Ann" });
  const socket = await connect(server, ann);
  const room = await roomOf(server);
  const { seq } = await socket.say(room.id, `Tea is ready, @${ben.username}`);
  const [push] = await until("the push", () => ben.told.received.length > 0 && ben.told.received);
  await deliver(ben, push!.plaintext);
  const notifications = await until("the notification", async () => {
    const list = await shown(page);
    return list.length > 0 && list;
  });
  expect(notifications).toEqual([{
    title: "General · English",
    body: `\u2068Ann\u2069: Tea is ready, @${ben.username}`,
    tag: `room-${room.id}`,
  }]);

  const url = `${server.origin}${ROOM}?m=${room.id}-${seq}`;
  const worker = await workerOf(ben);
  expect(await click(worker, `room-${room.id}`)).toEqual({ opened: [url], raised: [] });
  expect(await shown(page)).toEqual([]);
  await page.goto(url);
  await page.getByText("Tea is ready").first().waitFor();
  // As long as the page has not come to rest it closes what is read by now.
  const again = await until("a click", async () => {
    await deliver(ben, push!.plaintext);
    return await click(worker, `room-${room.id}`);
  });
  expect(again).toMatchObject({ opened: [], raised: [page.url()] });
  await socket.close();
  await ben.person.getUp();
});

Deno.test("nobody is asked before the click, and who says no reads how to take that back", async () => {
  const ben = await member({}, false);
  const { page } = ben;
  await page.addInitScript(() => {
    Object.defineProperty(Notification, "permission", { get: () => sessionStorage.answer ?? "default" });
    Notification.requestPermission = () => Promise.resolve(sessionStorage.answer = "denied");
  });
  for (const path of ["/dashboard", ROOM, "/me/notifications"]) {
    const live = path === "/me/notifications"
      ? page.getByRole("button", { name: "Notify me on this device" }).waitFor.bind(
        page.getByRole("button", { name: "Notify me on this device" }),
      )
      : () => connected;
    const connected = path === "/me/notifications" ? null : page.waitForEvent("websocket");
    await page.goto(path);
    await live();
    expect(await page.evaluate(() => [sessionStorage.answer, navigator.serviceWorker.controller])).toEqual([
      undefined,
      null,
    ]);
  }
  await page.getByRole("button", { name: "Notify me on this device" }).click();
  await page.getByText("This browser blocks notifications").waitFor();
  expect(ben.told.requests).toBe(0);
  const { sql } = server.database;
  expect(
    await sql`
    select 1 from push_subscriptions p join users u on u.id = p.user_id where u.username = ${ben.username}`,
  )
    .toHaveLength(0);
  await ben.person.getUp();
});

Deno.test("a notification goes when its room is read: here by the page, elsewhere by the next push", async () => {
  const ben = await member();
  const { page } = ben;
  await turnOn(ben);
  await page.goto("/me/notifications");
  const rooms = [await roomOf(server, "general", "en"), await roomOf(server, "general", "fr")];
  const { sql } = server.database;
  const news = async (room: { id: string }, title: string) => {
    const [{ seq }] = await sql<[{ seq: string }]>`select head_seq as seq from rooms where id = ${room.id}`;
    const url = "/dashboard";
    return JSON.stringify({
      title,
      body: "",
      url,
      tag: `room-${room.id}`,
      roomId: room.id,
      seq: Number(seq),
    });
  };
  const titles = async () => (await shown(page)).map(({ title }) => title).sort();
  const stands = (...wanted: string[]) =>
    until(`${wanted} to stand`, async () => JSON.stringify(await titles()) === JSON.stringify(wanted.sort()));
  await deliver(ben, await news(rooms[0]!, "English"));
  await deliver(ben, await news(rooms[1]!, "French"));
  await stands("English", "French");
  // On another device.
  await sql`
    insert into read_pointers (user_id, room_id, seq)
    select u.id, r.id, r.head_seq from users u, rooms r where u.username = ${ben.username} and r.id = ${
    rooms[0]!.id
  }`;
  await deliver(ben, JSON.stringify({ title: "Other", body: "", url: "/", tag: "other" }));
  await stands("French", "Other");
  await page.goto("/lounges/general/fr");
  await stands("Other");
  await ben.person.getUp();
});

Deno.test("a notification goes from the desk when its room is read on the phone, as long as a page is open at the desk", async () => {
  const ben = await member();
  const { page } = ben;
  await turnOn(ben);
  const room = await roomOf(server, "general", "it");
  const path = "/lounges/general/it";
  // Who has been in a lounge has it in their list.
  await page.goto(path);
  const { sql } = server.database;
  await until("a pointer", async () => {
    const rows = await sql`
      select 1 from read_pointers p join users u on u.id = p.user_id
      where u.username = ${ben.username} and p.room_id = ${room.id}`;
    return rows.length === 1;
  });
  await page.goto("/dashboard");
  const ann = await guest(server, { name: "Ann" });
  const socket = await connect(server, ann);
  await socket.say(room.id, `||In secret||, @${ben.username}`);
  const [push] = await until("the push", () => ben.told.received.length > 0 && ben.told.received);
  await deliver(ben, push!.plaintext);
  const bodies = async () => (await shown(page)).map(({ body }) => body);
  await until("the notification", async () => (await bodies()).length === 1);
  expect(await bodies()).toEqual([`\u2068Ann\u2069: ▒▒▒▒▒, @${ben.username}`]);
  const storageState = await ben.person.context.storageState();
  const phone = await Person.sitDown(browser, server.origin, { viewport: PHONE, storageState });
  await phone.page.goto(path);
  await until("nothing at the desk", async () => (await bodies()).length === 0);
  await socket.close();
  await phone.getUp();
  await ben.person.getUp();
});

Deno.test("a push that cannot be read is shown in words of the house", async () => {
  const ben = await member();
  await turnOn(ben);
  await deliver(ben, "not JSON");
  await until("the notification", async () => (await shown(ben.page))[0]?.title === "Parley");
  await ben.person.getUp();
});

Deno.test("a device is told on when its browser changes the subscription, and no more when it is turned off", async () => {
  const ben = await member();
  await turnOn(ben);
  const next = await service.browser();
  const { sql } = server.database;
  const devices = async () =>
    (await sql<{ id: string }[]>`
      select p.id from push_subscriptions p join users u on u.id = p.user_id where u.username = ${ben.username}`)
      .map(({ id }) => id).join();
  const before = await devices();
  const worker = await workerOf(ben);
  await worker.evaluate((json) => {
    const event = new (globalThis as unknown as { ExtendableEvent: new (type: string) => Event })
      .ExtendableEvent(
      "pushsubscriptionchange",
    );
    const of = (subscription: typeof json[0]) => ({ ...subscription, toJSON: () => subscription });
    dispatchEvent(Object.assign(event, { oldSubscription: of(json[0]!), newSubscription: of(json[1]!) }));
  }, [ben.told.subscription, next.subscription]);
  await until("the other subscription alone", async () => {
    const now = await devices();
    return now !== before && now !== "" && !now.includes(",") && !now.includes(before);
  });
  const ann = await guest(server, { name: "Ann" });
  const socket = await connect(server, ann);
  await ben.page.goto("/lounges");
  const room = await roomOf(server);
  await socket.say(room.id, `Hello @${ben.username}`);
  await until("the push", () => next.received.length === 1);
  expect(ben.told.requests).toBe(0);
  await ben.page.goto("/me/notifications");
  await ben.page.getByRole("button", { name: "Stop on this device" }).click();
  await ben.page.getByText("Done: this device gets no more notifications.").waitFor();
  await socket.close();
  await ben.person.getUp();
});

Deno.test("somebody without a network reads so, and is back with the page they wanted when there is one", async () => {
  const ben = await member();
  await turnOn(ben);
  const { page } = ben;
  await page.goto("/lounges");
  ben.person.expectProblems(/ERR_INTERNET_DISCONNECTED|Failed to load/);
  await ben.person.context.setOffline(true);
  await page.goto("/rooms");
  await page.getByRole("heading", { name: "You are offline" }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await ben.person.context.setOffline(false);
  await page.getByRole("link", { name: "Try again" }).click();
  await page.waitForURL("**/rooms");
  await page.getByRole("navigation", { name: "Main", exact: true }).waitFor();
  await ben.person.getUp();
});

for (
  const [name, options] of [
    ["a phone", { viewport: PHONE, colorScheme: "dark" }],
    ["a desktop", { colorScheme: "light" }],
  ] as [string, BrowserContextOptions][]
) {
  Deno.test(`everybody can use the notifications page on ${name}, by keyboard and screen reader too`, async () => {
    const ben = await member(options);
    const { page } = ben;
    await turnOn(ben);
    await page.reload();
    await page.getByText("Notifications are on here.").waitFor();
    expect([await barriers(page), await overflow(page)]).toEqual([[], 0]);
    await page.getByRole("checkbox", { name: "Quiet hours" }).check();
    await page.getByLabel("From", { exact: true }).fill("22:30");
    await page.getByLabel("Rooms you are in").selectOption("all");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    expect(await page.getByLabel("From", { exact: true }).inputValue()).toBe("22:30");
    expect(await page.getByLabel("Rooms you are in").inputValue()).toBe("all");
    await ben.person.getUp();
  });
}
