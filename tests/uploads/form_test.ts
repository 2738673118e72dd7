/** Files that come with the composer's form, from pages without scripts. */
import { expect } from "expect";
import type { Attachment } from "../../lib/protocol/types.ts";
import { parleyForFile } from "../support/node.ts";
import { bytesOf, jpeg } from "../support/pictures.ts";
import { dataOf, guest, type Visitor } from "../support/visitor.ts";
import { roomWith } from "./people.ts";

const parley = parleyForFile();
const here = () => parley().node;

interface Sent {
  csrf?: string;
  origin?: string;
  clientId?: string;
  body?: string;
  files?: File[];
}

async function post(who: Visitor, path: string, sent: Sent = {}) {
  const { csrf = await who.csrf(), clientId = crypto.randomUUID(), body = "", files = [] } = sent;
  const form = new FormData();
  for (const [name, value] of Object.entries({ csrf, clientId, body })) form.set(name, value);
  for (const file of files) form.append("file", file);
  const headers: HeadersInit = sent.origin ? { origin: sent.origin } : {};
  const answer = await who.fetch(path, { method: "POST", body: form, headers, redirect: "manual" });
  return { status: answer.status, text: await answer.text() };
}

const letter = () => new File([bytesOf("Dear all")], "letter.txt");

/** What stands in a room, newest last. */
async function said(who: Visitor, roomId: string) {
  const answer = await who.fetch(`/api/chatroom/rooms/${roomId}/messages`);
  const { messages } = await dataOf<
    { messages: { body: string; kind: string; attachments: Attachment[] }[] }
  >(
    answer,
  );
  return messages.filter(({ kind }) => kind !== "SYSTEM");
}

Deno.test("a form's words and files make one message, however often it is sent", async () => {
  const { room, owner } = await roomWith(here());
  const form = {
    clientId: "once",
    body: "See both",
    files: [new File([await jpeg(60, 40)], "me.jpg"), letter()],
  };
  for (let time = 0; time < 2; time++) expect((await post(owner, `/r/${room.slug}`, form)).status).toBe(303);
  expect(await said(owner, room.id)).toMatchObject([
    { kind: "FILE", body: "See both", attachments: [{ name: "me.jpg", width: 60 }, { name: "letter.txt" }] },
  ]);
  await post(owner, `/r/${room.slug}`, { files: [letter()] });
  expect((await said(owner, room.id)).at(-1)).toMatchObject({ kind: "FILE", body: "letter.txt" });
});

Deno.test("a form without the page's token, or from another site's page, leaves nothing", async () => {
  const { room, owner } = await roomWith(here());
  const path = `/r/${room.slug}`;
  const files = [letter()];
  expect((await post(owner, path, { csrf: "guessed", files })).status).toBe(403);
  expect((await post(owner, path, { origin: "https://evil.example", files })).status).toBe(403);
  // In no way but its own: what is no form of the composer's reaches nothing by it.
  expect((await post(owner, "/dm/new", { files })).status).toBe(400);
  expect(await said(owner, room.id)).toEqual([]);
  expect(await parley().database.sql`select 1 from files where room_id = ${room.id}`).toHaveLength(0);
});

Deno.test("what a form's files are refused for is said on the page, and what was written stays", async () => {
  const { room, owner } = await roomWith(here());
  const path = `/r/${room.slug}`;
  const five = await post(owner, path, { body: "Five of them", files: Array.from({ length: 5 }, letter) });
  expect(five.status).toBe(400);
  expect(five.text).toContain("A message takes 4 files at most.");
  expect(five.text).toContain("Five of them");
  const nothing = await post(owner, path, {});
  expect([nothing.status, nothing.text.includes("must not be empty")]).toEqual([400, true]);
  const visitor = await guest(here());
  const refused = await post(visitor, "/lounges/general/en", { body: "Hello", files: [letter()] });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("Sending files takes an account. Guests can make theirs into one.");
  expect(await said(owner, room.id)).toEqual([]);
});
