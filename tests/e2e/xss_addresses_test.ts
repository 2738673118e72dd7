/** Texts that were made to run as scripts, in what pages give back: addresses, queries, forms, headers. See docs/security.md. */
import { expect } from "expect";
import type { Member } from "../support/member.ts";
import { type Guest, guest, Visitor } from "../support/visitor.ts";
import { ghostRoom, tryJoin } from "../ghosts/people.ts";
import { bundles, HOSTILE, storable } from "../support/xss/corpora.ts";
import { forEach, makeRoom, Offered, type Stand, standForFile } from "../support/xss/stand.ts";
import type { Watch } from "../support/xss/watch.ts";

const TEXTS = HOSTILE.map(storable);
const LINES = bundles(1500);
/** A form's text is not longer than what it is offered. */
const A_FIELD = bundles(400);

const stand = standForFile();

interface Cast {
  member: Member;
  admin: Member;
  guest: Guest;
  nobody: Visitor;
  room: { id: string; slug: string };
}

async function cast(place: Stand): Promise<Cast> {
  const [member, admin] = [await place.join(), await place.join({ role: "ADMIN" })];
  const room = await makeRoom(place, member, "Echo");
  return { member, admin, guest: await guest(place.node), nobody: new Visitor(place.node), room };
}

/** An answer is a page without foreign parts, JSON that no browser takes for a page, or the way to another page of ours. */
async function harmless(
  watch: Watch,
  who: Visitor,
  path: string,
  init: RequestInit = {},
  texts: string[] = [],
) {
  const response = await who.fetch(path, init);
  const body = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const to = response.headers.get("location");
  expect([path, response.status < 500, response.headers.get("x-content-type-options")]).toEqual([
    path,
    true,
    "nosniff",
  ]);
  if (to !== null) expect([path, new URL(to, watch.origin).origin]).toEqual([path, watch.origin]);
  if (type.startsWith("text/html")) expect([path, await watch.read(path, body, texts)]).toEqual([path, []]);
  else if (body !== "") {
    expect([path, type]).toEqual([path, expect.stringMatching(/^(application\/json|text\/plain)/)]);
  }
}

/** Page, its parameters; whoever asks. */
function queries(
  { room }: Cast,
): [who: "nobody" | "guest" | "member" | "admin", path: string, ...names: string[]][] {
  return [
    ["nobody", "/login", "next", "done", "anew"],
    ["nobody", "/guest", "next"],
    ["nobody", "/register", "next", "by"],
    ["nobody", "/verify-otp", "purpose", "sent"],
    ["nobody", "/lounges/general/en", "m", "before", "pane"],
    ["guest", "/guest", "next"],
    ["member", "/login", "next"],
    ["member", "/search", "q", "sort", "cursor"],
    ["member", "/rooms", "q", "cursor"],
    ["member", "/join", "room"],
    ["member", "/dm/new", "to"],
    ["member", "/me", "done"],
    ["member", "/me/security", "done"],
    ["member", "/me/sessions", "done"],
    ["member", "/me/notifications", "done"],
    ["member", "/me/blocks", "done"],
    ["member", "/me/data", "erase"],
    ["member", `/r/${room.slug}`, "m", "before", "pane"],
    ["member", `/rooms/${room.id}/settings`, "done"],
    ["admin", "/admin/lounges", "done"],
  ];
}

Deno.test("no parameter of an address runs in the page that it asks for", async () => {
  const place = stand();
  const people = await cast(place);
  const watch = await place.window(people.member);
  const windows = { nobody: await place.window(), guest: await place.window(people.guest), member: watch };
  let line = 0;
  for (const [who, path, ...names] of queries(people)) {
    for (const name of names) {
      const at = (value: string) => `${path}?${new URLSearchParams({ [name]: value })}`;
      await forEach([...LINES, "__proto__", "constructor"], (text) => harmless(watch, people[who], at(text)));
      // One of them as a person would open it.
      if (who !== "admin") await windows[who].visit(at(LINES[line++ % LINES.length]!));
    }
  }
  // A field shows no line breaks, and a search is for at most so many characters.
  const short = TEXTS.filter((text) => text.length <= 80 && !/[\n\r]/.test(text));
  await forEach(
    short,
    (q) => harmless(watch, people.member, `/rooms?${new URLSearchParams({ q })}`, {}, [q]),
  );
  // Where to go next is decided by how it begins.
  await forEach(TEXTS, (next) => harmless(watch, people.member, `/login?${new URLSearchParams({ next })}`));
  await forEach(TEXTS, (text) => {
    return harmless(watch, people.guest, `/guest?${new URLSearchParams({ next: `/${text}` })}`);
  });
  for (const window of Object.values(windows)) {
    expect(window.noticed).toEqual([]);
    await window.close();
  }
});

Deno.test("no path runs in the page that says there is nothing", async () => {
  const place = stand();
  const people = await cast(place);
  const watch = await place.window(people.member);
  const places: ((part: string) => string)[] = [
    ...[
      "",
      "/u",
      "/r",
      "/i",
      "/g",
      "/p",
      "/dm",
      "/lounges",
      "/lounges/general",
      "/files/avatars",
      "/files/passes",
    ]
      .map((folder) => (part: string) => `${folder}/${part}`),
    (part) => `/rooms/${part}/settings`,
    (part) => `/files/rooms/${part}/${part}`,
    (part) => `/api/${part}`,
    (part) => `/api/rooms/${part}`,
    (part) => `/api/invites/${part}`,
    (part) => `//evil.example/${part}`,
  ];
  for (const at of places) {
    await forEach(LINES, (line) => harmless(watch, people.member, at(encodeURIComponent(line))));
    await forEach(
      LINES,
      (line) => harmless(watch, people.nobody, at(encodeURI(line).replaceAll(/[#?/\\]/g, "_"))),
    );
  }
  for (const [index, at] of places.slice(0, 12).entries()) {
    await watch.visit(at(encodeURIComponent(LINES[index % LINES.length]!)));
  }
  expect(watch.noticed).toEqual([]);
  await watch.close();
});

/** Fills every field of a form, hidden ones only if `hidden`, and sends it as it is. False when there is no such form. */
function fillAndSend({ at, text, hidden }: { at: number; text: string; hidden: boolean }): boolean {
  const form =
    [...document.forms].filter((form) => form.querySelector("input:not([type=hidden]), textarea"))[at];
  if (!form) return false;
  for (const field of form.elements) {
    if (field instanceof HTMLTextAreaElement) field.value = text;
    if (!(field instanceof HTMLInputElement) || field.name === "csrf") continue;
    if (["radio", "checkbox", "file"].includes(field.type) || (field.type === "hidden" && !hidden)) continue;
    // Whatever the page asks for, a request can hold anything.
    if (field.type !== "hidden") field.type = "text";
    field.value = text;
  }
  HTMLFormElement.prototype.submit.call(form);
  return true;
}

Deno.test("nothing runs in a form that comes back with what was typed", async () => {
  const place = stand();
  const people = await cast(place);
  const [admin, member, nobody] = [
    await place.window(people.admin),
    await place.window(people.member),
    await place.window(),
  ];
  const pages: [watch: Watch, ...paths: string[]][] = [
    [
      nobody,
      "/login",
      "/register",
      "/register?by=phone",
      "/guest",
      "/forgot-password",
      "/verify-otp?purpose=reset",
    ],
    [member, "/join", "/rooms/new", "/dm/new", "/me", "/me/notifications", "/dashboard", "/search", "/rooms"],
    [member, `/r/${people.room.slug}`, `/rooms/${people.room.id}/settings`, "/me/security", "/me/data"],
    [admin, "/admin/lounges", "/admin/lounges/1"],
  ];
  let [sent, shown] = [0, 0];
  for (const [watch, ...paths] of pages) {
    for (const path of paths) {
      for (const hidden of [false, true]) {
        for (let at = 0;; at++) {
          await watch.page.goto(path);
          const answered = watch.page.waitForEvent("load").catch(() => null);
          const text = A_FIELD[sent % A_FIELD.length]!;
          if (!await watch.page.evaluate(fillAndSend, { at, text, hidden })) break;
          await answered;
          if ((await watch.look([text])).length === 0) shown++;
          sent++;
        }
      }
    }
  }
  expect([sent > 40, shown > 20]).toEqual([true, true]);
  for (const watch of [admin, member, nobody]) {
    expect(watch.noticed).toEqual([]);
    await watch.close();
  }
});

Deno.test("no header of a request runs in the page that answers it", async () => {
  const place = stand();
  const { member } = await cast(place);
  const watch = await place.window(member);
  const fit = LINES.map((line) => line.replaceAll(/[^\x20-\x7e]/g, "?"));
  for (
    const name of [
      "user-agent",
      "accept-language",
      "referer",
      "x-forwarded-for",
      "x-forwarded-host",
      "x-request-id",
    ]
  ) {
    for (const path of ["/lounges/general/en", "/me", "/nowhere", "/me/sessions"]) {
      await forEach(fit.slice(0, 8), (line) => harmless(watch, member, path, { headers: { [name]: line } }));
    }
  }
  const userAgent = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)>";
  const window = await place.window(null, {
    userAgent,
    locale: "en-x-script",
    extraHTTPHeaders: { referer: 'x"><script>' },
  });
  await window.page.goto("/guest");
  await window.visit("/lounges/general/en");
  expect([watch.noticed, window.noticed]).toEqual([[], []]);
  for (const one of [watch, window]) await one.close();
});

Deno.test("names at the door are refused or shown as they are", async () => {
  const place = stand();
  const offered = new Offered();
  const { token } = await ghostRoom(place.node, { capacity: 200 });
  const stranger = new Visitor(place.node);
  await offered.each(
    "guest's name",
    TEXTS,
    (nickname) => new Visitor(place.node).post("/api/auth/guest", { ageCategory: "_18PLUS", nickname }),
  );
  await offered.each("ghost's name", TEXTS, (nickname) => tryJoin(place.node, token, nickname));
  await offered.each(
    "e-mail address",
    TEXTS,
    (email) =>
      stranger.post("/api/auth/register", {
        email,
        username: "somebody",
        password: "lantern-otter-bread-94",
      }),
  );
  offered.tell();
  for (const [field, { taken }] of offered.fields) expect([field, taken]).toEqual([field, 0]);
});
