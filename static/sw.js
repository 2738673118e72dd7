// What the browser runs for Parley while no page is open: shows what was pushed, leads to where it happened, and says
// that there is no network. It keeps nothing but the page that says so.
const OFFLINE = ["/offline.html", "/offline.css"];
const CACHE = "parley-offline-1";

self.addEventListener("install", (event) => {
  event.waitUntil(keepOffline());
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(begin());
});

async function keepOffline() {
  const cache = await caches.open(CACHE);
  await cache.addAll(OFFLINE.map((path) => new Request(path, { cache: "reload" })));
}

async function begin() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  // The request goes out while the worker wakes, so that it costs pages no time.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(page(event));
  else if (origin === location.origin && pathname === OFFLINE[1]) event.respondWith(fetch(request).catch(kept));

  function kept() {
    return caches.match(OFFLINE[1]);
  }
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const offline = await caches.match(OFFLINE[0]);
    if (offline) return offline;
    throw error;
  }
}

self.addEventListener("push", (event) => {
  event.waitUntil(tell(wordsOf(event.data)));
});

// Something must be shown for each push, or browsers show words of their own and take the subscription away.
function wordsOf(data) {
  try {
    const words = data.json();
    if (typeof words.title === "string") return words;
  } catch {
    // Of another version of the server, or not ours.
  }
  return { title: "Parley", body: "New message", url: "/dashboard", tag: "parley" };
}

async function tell({ title, body, url, tag, roomId, seq }) {
  await self.registration.showNotification(title, {
    body,
    tag,
    renotify: true,
    dir: "auto",
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: { url, roomId, seq },
  });
  await closeRead(tag).catch(() => {});
  const shown = await self.registration.getNotifications();
  await self.navigator.setAppBadge?.(shown.length).catch(() => {});
}

// What was read on another device since it was shown here. A push that only closes is not allowed, so it waits for one
// that has something to say.
async function closeRead(besides) {
  const shown = await self.registration.getNotifications();
  const others = shown.filter(({ tag, data }) => tag !== besides && data?.roomId).slice(0, 50);
  if (others.length === 0) return;
  const idOf = ({ data }) => `${data.roomId}-${data.seq}`;
  const answer = await fetch(`/api/notifications/read?messages=${others.map(idOf).join(",")}`);
  if (!answer.ok) return;
  const { data: { read } } = await answer.json();
  for (const notification of others) if (read.includes(idOf(notification))) notification.close();
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url));
});

async function open(url) {
  const target = new URL(url ?? "/dashboard", location.origin);
  if (target.origin !== location.origin) return;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((client) => new URL(client.url).pathname === target.pathname);
  // A room that is open shows its newest words already.
  await (there ? there.focus() : self.clients.openWindow(target.href));
}

self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(event));
});

// The browser has given the subscription up. Without a new one nobody is told anything any more, and nobody notices.
async function renew({ oldSubscription, newSubscription }) {
  const subscription = newSubscription ?? await subscribeAnew(oldSubscription);
  await write("POST", subscription.toJSON());
  if (oldSubscription && oldSubscription.endpoint !== subscription.endpoint) {
    await write("DELETE", { endpoint: oldSubscription.endpoint });
  }
}

async function subscribeAnew(old) {
  const answer = await fetch("/api/notifications/key");
  const { data } = await answer.json();
  const applicationServerKey = data?.publicKey ?? old?.options.applicationServerKey;
  return await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

async function write(method, body) {
  const csrf = await (await fetch("/api/auth/csrf", { method: "POST" })).json();
  await fetch("/api/notifications/subscriptions", {
    method,
    headers: { "content-type": "application/json", "x-csrf-token": csrf.data.csrfToken },
    body: JSON.stringify(body),
  });
}
