/** What admins call lounges, what other sites say of themselves, and files that are pages. See docs/security.md. */
import { expect } from "expect";
import { claimPreview, storePreview } from "../../db/queries/previews.ts";
import { hashOf } from "../../lib/previews/address.ts";
import { connect } from "../support/socket.ts";
import { bytesOf } from "../support/pictures.ts";
import { bearerFetch } from "../support/rooms.ts";
import { dataOf } from "../support/visitor.ts";
import { sendOk, show } from "../uploads/people.ts";
import { bundles, HOSTILE, storable } from "../support/xss/corpora.ts";
import { makeRoom, Offered, standForFile } from "../support/xss/stand.ts";

const TEXTS = HOSTILE.map(storable);
const DAY = 24 * 60 * 60_000;

const stand = standForFile();

/** Pages that run what they hold, if a browser takes them for pages of ours. */
const PAGES: [name: string, content: string][] = [
  ["page.html", "<!doctype html><title>x</title><script>alert(1)</script><img src=x onerror=alert(2)>"],
  [
    "picture.svg",
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"><script>alert(4)</script></svg>',
  ],
  ["page.xhtml", '<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(5)</script></html>'],
  ["feed.xml", '<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(6)</x:script>'],
  ["words.txt", "<script>alert(7)</script>"],
  ["code.js", "alert(8)"],
];

Deno.test("no file runs when its address is opened", async () => {
  const place = stand();
  const owner = await place.join();
  const room = await makeRoom(place, owner, "Files");
  const watch = await place.window(owner);
  await watch.visit(`/r/${room.slug}`);
  for (const [name, content] of PAGES) {
    const file = await sendOk(place.node, owner, room.id, bytesOf(content), name);
    await show(place.node, owner, room.id, file);
    const saved = watch.page.waitForEvent("download");
    // A download leaves the page where it is, and says so by failing to go there.
    await watch.page.goto(file.url).catch(() => {});
    expect((await saved).suggestedFilename()).toBe(name);
  }
  expect(watch.noticed).toEqual([]);
  await watch.close();
});

Deno.test("no word of another site runs in what is shown of its links", async () => {
  const place = stand();
  const { sql, web } = place.node.services;
  const owner = await place.join();
  const room = await makeRoom(place, owner, "Previews");
  const now = new Date();
  const hold = { now, until: new Date(now.getTime() + DAY) };
  const socket = await connect(place.node, owner);
  await socket.join(room.id);
  for (const [index, text] of bundles(400).entries()) {
    const url = web.urlOf(`https://example.org/${index}`)!.href;
    const urlHash = hashOf(url);
    const claim = await claimPreview(sql, { urlHash, url }, hold);
    const found = { title: text, description: text, siteName: text, type: "website" };
    await storePreview(sql, { urlHash, claim: claim! }, { found, at: now, expiresAt: hold.until });
    await socket.say(room.id, url);
  }
  const watch = await place.window(owner);
  await watch.visit(`/r/${room.slug}?m=${room.id}-1`);
  await watch.page.getByRole("region", { name: "People", exact: true }).getByText("you", { exact: true })
    .waitFor();
  await watch.look();
  expect(watch.noticed).toEqual([]);
  await socket.close();
  await watch.close();
});

Deno.test("no name, description or topic of a lounge runs, for visitors and for those who keep the house", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const admin = await place.join({ role: "ADMIN" });
  const offered = new Offered();
  const ask = (method: string, path: string, body: Record<string, unknown>) =>
    bearerFetch(place.node, admin, path, { method, body });
  const make = (index: number, name: string) =>
    ask("POST", "/api/admin/lounges", { slug: `house-${index}`, name, ageRating: "_18PLUS" });

  const [inside, outside] = [await place.window(admin), await place.window()];
  for (const [index, line] of bundles(4000).entries()) {
    const { id } = await dataOf<{ id: string }>(await make(index, "A lounge"));
    await sql`update lounges set name = ${line}, description = ${line} where id = ${id}`;
    await sql`insert into rooms (kind, lounge_id, language, name, topic) values ('language', ${id}, 'en', ${line}, ${line})`;
    expect(await inside.visit(`/admin/lounges/${id}`, [line])).toEqual([]);
    for (const path of [`/lounges/house-${index}`, `/lounges/house-${index}/en`]) {
      for (const watch of [inside, outside]) {
        expect([path, await watch.visit(path, [line])]).toEqual([path, []]);
      }
    }
    await sql`delete from read_pointers where room_id in (select id from rooms where lounge_id = ${id})`;
    await sql`delete from rooms where lounge_id = ${id}`;
    await sql`delete from lounges where id = ${id}`;
  }
  await offered.each(
    "lounge",
    TEXTS,
    (name, index) => make(index, name),
    (name, index) =>
      sql`insert into lounges (slug, name, age_rating, position)
      values (${`house-${index}`}, ${name}, '_18PLUS', ${100 + index})`,
  );
  const lounges = await sql<{ id: string }[]>`
    select id from lounges where slug like 'house-%' order by substr(slug, 7)::int`;
  await offered.each(
    "lounge's description",
    TEXTS,
    (description, index) => ask("PATCH", `/api/admin/lounges/${lounges[index]!.id}`, { description }),
    (description, index) =>
      sql`update lounges set description = ${description} where id = ${lounges[index]!.id}`,
  );
  await offered.each(
    "language room",
    TEXTS,
    (text, index) =>
      ask("POST", `/api/admin/lounges/${lounges[index]!.id}/rooms`, {
        language: "en",
        name: text,
        topic: text,
      }),
    (text, index) =>
      sql`insert into rooms (kind, lounge_id, language, name, topic)
        values ('language', ${lounges[index]!.id}, 'en', ${text}, ${text})`,
  );
  for (
    const [watch, path] of [[outside, "/lounges"], [inside, "/lounges"], [inside, "/admin/lounges"]] as const
  ) {
    expect([path, await watch.visit(path, TEXTS)]).toEqual([path, []]);
  }
  offered.tell();
  expect([inside.noticed, outside.noticed]).toEqual([[], []]);
  for (const watch of [inside, outside]) await watch.close();
});
