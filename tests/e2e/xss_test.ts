/**
 * Texts that were made to run as scripts, in every field of people, rooms and accounts that a page shows. Each is offered the
 * way people have; what that way refuses is put into the database, for the view to hold by itself. See docs/security.md.
 */
import { expect } from "expect";
import { outboxMail } from "../../lib/adapters/outbox.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Member } from "../support/member.ts";
import { bearerFetch, directRoom } from "../support/rooms.ts";
import { dataOf } from "../support/visitor.ts";
import { bundles, HOSTILE, storable } from "../support/xss/corpora.ts";
import { crowd, letIn, makeRoom, Offered, readPage, said, standForFile } from "../support/xss/stand.ts";

const TEXTS = HOSTILE.map(storable);
const LINES = bundles();
/** Members that a page of settings names. */
const NAMED = 400;

const stand = standForFile();
const offered = new Offered();
Deno.test.afterAll(() => offered.tell());

function patch(who: Member, path: string, body: Record<string, unknown>): Promise<Response> {
  return bearerFetch(stand().node, who, path, { method: "PATCH", body });
}

function post(who: Member, path: string, body: Record<string, unknown>): Promise<Response> {
  return bearerFetch(stand().node, who, path, { body });
}

Deno.test("no name, topic or last word of a room runs in lists of rooms", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const people = await crowd(place);
  const owner = await place.join();
  const ids: RoomId[] = [];
  const make = async (text: string, index: number) => {
    const response = await post(owner, "/api/rooms/slug", {
      name: text,
      visibility: "public",
      slug: `list-${index}`,
    });
    if (response.ok) ids[index] = (await response.clone().json()).data.room.id;
    return response;
  };
  const makePlain = async (text: string, index: number) => {
    const { id } = await makeRoom(place, owner, "Room", { slug: `list-${index}` });
    ids[index] = id;
    await sql`update rooms set name = ${text} where id = ${id}`;
  };
  await offered.each("room name", TEXTS, make, makePlain);
  await offered.each(
    "room topic",
    TEXTS,
    (topic, index) => patch(owner, `/api/rooms/slug/${ids[index]}/settings`, { topic }),
    (topic, index) => sql`update rooms set topic = ${topic} where id = ${ids[index]!}`,
  );
  for (const [index, { id }] of people.entries()) await letIn(place, { id: ids[index]! }, [{ id }]);
  await said(
    place,
    people.map(({ id, name }, index) => (
      { roomId: ids[index]!, authorId: id, kind: "TEXT" as const, body: name }
    )),
  );
  const watch = await place.window(owner);
  expect(await watch.visit("/dashboard", TEXTS)).toEqual([]);
  await watch.page.locator("[data-room]").nth(TEXTS.length - 1).waitFor();
  expect(await watch.look(TEXTS)).toEqual([]);
  const left = new Set(TEXTS);
  for (let path: string | undefined = "/rooms"; path !== undefined;) {
    const { text: html } = await owner.get(path);
    const unseen = new Set(await watch.read(path, html, [...left]));
    for (const text of left) if (!unseen.has(text)) left.delete(text);
    path = /href="([^"]*cursor=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  }
  expect([...left]).toEqual([]);
  await watch.visit("/rooms");
  await watch.visit(`/r/list-1`, TEXTS);

  await offered.each(
    "room address",
    TEXTS,
    (slug, index) => patch(owner, `/api/rooms/slug/${ids[index]}/settings`, { slug }),
    (slug, index) => sql`update rooms set slug = ${`${index}a${slug}`} where id = ${ids[index]!}`,
  );
  await watch.visit("/dashboard", TEXTS);
  await readPage(watch, owner, "/rooms");
  expect(watch.noticed).toEqual([]);
  await watch.close();
});

Deno.test("no name or topic runs on a room's own pages: door, invite, title, settings", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const [owner, stranger] = [await place.join(), await place.join()];
  const [inside, outside, nobody] = [
    await place.window(owner),
    await place.window(stranger),
    await place.window(),
  ];
  for (const [index, line] of bundles(4000).entries()) {
    const room = await makeRoom(place, owner, "Own pages", { slug: `own-${index}` });
    const { token } = await dataOf<{ token: string }>(
      await post(owner, `/api/rooms/slug/${room.id}/invites`, {}),
    );
    await sql`update rooms set name = ${line}, topic = ${line} where id = ${room.id}`;
    place.node.services.rooms.forget(room.id);
    for (const path of [`/r/${room.slug}`, `/rooms/${room.id}/settings`]) {
      expect(await inside.visit(path, [line])).toEqual([]);
    }
    for (const watch of [outside, nobody]) {
      for (const path of [`/r/${room.slug}`, `/i/${token}`]) {
        expect([path, await watch.visit(path, [line])]).toEqual([path, []]);
      }
    }
  }
  for (const watch of [inside, outside, nobody]) {
    expect(watch.noticed).toEqual([]);
    await watch.close();
  }
});

Deno.test("no name of a person runs in lists of people, nor the reason they are kept out for", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const owner = await place.join();
  const people = await crowd(place);
  const watch = await place.window(owner);
  for (const some of [people.slice(0, NAMED), people.slice(NAMED)]) {
    const room = await makeRoom(place, owner, "Members");
    await letIn(place, room, some);
    const names = some.map(({ name }) => name);
    expect(await watch.visit(`/rooms/${room.id}/settings`, names)).toEqual([]);
  }
  const room = await makeRoom(place, owner, "Bans");
  await letIn(place, room, people);
  await offered.each(
    "reason of a ban",
    TEXTS,
    (reason, index) => post(owner, `/api/rooms/slug/${room.id}/ban`, { userId: people[index]!.id, reason }),
    (reason, index) =>
      sql`insert into room_bans (room_id, user_id, banned_by, reason)
        values (${room.id}, ${people[index]!.id}, ${owner.user.id}, ${reason.slice(0, 500)})`,
  );
  expect(await watch.visit(`/rooms/${room.id}/settings`, TEXTS.map((text) => text.slice(0, 500)))).toEqual(
    [],
  );
  await sql`insert into blocks (user_id, blocked_id)
    select ${owner.user.id}, unnest(${people.map(({ id }) => id)}::bigint[])`;
  expect(await watch.visit("/me/blocks", TEXTS)).toEqual([]);

  const writer = await place.join();
  const friends = await crowd(place, LINES);
  const rooms = await Promise.all(friends.map((user) => directRoom(place.node, writer, { user })));
  await sql`insert into room_levels (room_id, user_id, level)
    select unnest(${rooms.map(({ id }) => id)}::bigint[]), ${writer.user.id}, 'all'`;
  const dms = await place.window(writer);
  for (const path of ["/dashboard", "/me/notifications", `/dm/${rooms[0]!.id}`]) {
    expect([path, await dms.visit(path, LINES)]).toEqual([path, []]);
  }
  expect([watch.noticed, dms.noticed]).toEqual([[], []]);
  for (const window of [watch, dms]) await window.close();
});

Deno.test("nothing that people say of themselves runs: name, username, words about themselves", async () => {
  const place = stand();
  const { sql } = place.node.services;
  const [one, other] = [await place.join(), await place.join()];
  const [own, theirs] = [await place.window(one), await place.window(other)];
  const address = `/u/${one.user.username}`;
  await offered.each("username", TEXTS, (username) => patch(one, "/api/me/profile", { username }));
  await offered.each("display name", TEXTS, (name) => patch(one, "/api/me/profile", { name }));
  for (const bio of bundles(400)) {
    const response = await patch(one, "/api/me/profile", { bio });
    offered.count("words about oneself, in bundles", response.ok);
    if (!response.ok) await sql`update users set bio = ${bio} where id = ${one.user.id}`;
    expect(await readPage(theirs, other, address, [bio])).toEqual([]);
    expect(await readPage(own, one, "/me", [bio])).toEqual([]);
  }
  for (const name of LINES) {
    await sql`update users set name = ${name} where id = ${one.user.id}`;
    expect(await theirs.visit(address, [name])).toEqual([]);
    expect(await own.visit("/me", [name])).toEqual([]);
  }
  for (const username of bundles(200)) {
    await sql`update users set username = ${username} where id = ${one.user.id}`;
    await readPage(theirs, other, `/u/${encodeURIComponent(username)}`, [username]);
  }
  expect([own.noticed, theirs.noticed]).toEqual([[], []]);
  for (const window of [own, theirs]) await window.close();
});

Deno.test("nothing runs among sessions, passkeys and mails", async () => {
  const place = stand();
  const { services } = place.node;
  const { sql } = services;
  const owner = await place.join();
  await sql`insert into sessions (id, user_id, refresh_hash, expires_at, persistent, user_agent, address)
    select gen_random_uuid(), ${owner.user.id}, sha256(t.text::bytea), now() + interval '1 day', true, t.text, t.text
    from (select replace(x, '\\', '/') as text from unnest(${TEXTS}::text[]) x) t`;
  const keys = TEXTS.map((_, index) => new TextEncoder().encode(`key ${index}`));
  for (const [index, id] of keys.entries()) {
    await sql`insert into passkeys (id, user_id, public_key, counter, name)
      values (${id}, ${owner.user.id}, ${id}, 0, ${`Key ${index}`})`;
  }
  await offered.each(
    "passkey",
    TEXTS,
    (name, index) =>
      patch(
        owner,
        `/api/auth/passkeys/${keys[index]!.toBase64({ alphabet: "base64url", omitPadding: true })}`,
        { name },
      ),
    (name, index) => sql`update passkeys set name = ${name} where id = ${keys[index]!}`,
  );
  const mail = outboxMail(services.config.dataDir, services.clock);
  for (const line of LINES) await mail({ to: line, subject: line, text: line });
  const watch = await place.window(owner);
  expect(await watch.visit("/me/sessions", TEXTS.map((text) => text.replaceAll("\\", "/")))).toEqual([]);
  await watch.visit("/me/security");
  await watch.page.locator("[data-passkey]").nth(TEXTS.length - 1).waitFor();
  expect(await watch.look(TEXTS)).toEqual([]);
  expect(await watch.visit("/dev/outbox", LINES)).toEqual([]);
  expect(watch.noticed).toEqual([]);
  await watch.close();
});
