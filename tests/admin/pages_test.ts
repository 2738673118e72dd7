/** The admin's pages without JavaScript: forms, errors in place, and who is kept out. */
import { expect } from "expect";
import { type Member, member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { guest, Visitor } from "../support/visitor.ts";

const parley = parleyForFile();
const LIST = "/admin/lounges";

function keeper(): Promise<Member> {
  return member(parley().node, { role: "ADMIN" });
}

/** Sends a form of a page with the token that stands in it. */
async function submit(who: Visitor, path: string, fields: Record<string, string>) {
  const { text } = await who.get(path);
  const csrf = /name="csrf" value="([^"]+)"/.exec(text)![1]!;
  const response = await who.submit(path, { ...fields, csrf });
  return { status: response.status, to: response.headers.get("location"), text: await response.text() };
}

/** Makes a lounge by the form. @returns its page */
async function made(who: Visitor, slug: string): Promise<string> {
  const { to } = await submit(who, LIST, { step: "new", slug, name: slug, ageRating: "_18PLUS" });
  return new URL(to!, "http://here").pathname;
}

/** The `value` of the field with this id. */
function valueOf(text: string, id: string): string | undefined {
  const field = new RegExp(`<input[^>]*\\bid="${id}"[^>]*>`).exec(text)?.[0];
  return field && /\bvalue="([^"]*)"/.exec(field)?.[1];
}

function roomId(to: string | null): string {
  return /#room-(\d+)$/.exec(to!)![1]!;
}

Deno.test("the pages of the house are closed when somebody does not keep it", async () => {
  const { node } = parley();
  const page = await made(await keeper(), "closed-doors");
  for (const path of ["/admin", LIST, page]) {
    const stranger = (await new Visitor(node).get(path)).response;
    expect([stranger.status, stranger.headers.get("location")]).toEqual([
      303,
      `/login?next=${encodeURIComponent(path)}`,
    ]);
    for (const who of [await guest(node), await member(node), await member(node, { role: "MODERATOR" })]) {
      const { response, text } = await who.get(path);
      expect([path, response.status]).toEqual([path, 403]);
      expect(text).toContain("That is for administrators.");
    }
  }
  const ben = await member(node);
  const csrf = await ben.csrf();
  for (const path of [LIST, page]) {
    const response = await ben.submit(path, { csrf, step: "archive", lounge: "general" });
    expect(response.status).toBe(403);
    await response.body?.cancel();
  }
  expect((await new Visitor(node).get("/lounges/general")).response.status).toBe(200);
});

Deno.test("the account's menu leads to the house when somebody keeps it, and not otherwise", async () => {
  const [ada, ben] = [await keeper(), await member(parley().node)];
  for (const path of ["/lounges", "/dashboard"]) {
    expect((await ada.get(path)).text).toContain(`href="${LIST}"`);
    expect((await ben.get(path)).text).not.toContain(`href="${LIST}"`);
  }
  const { response } = await ada.get("/admin");
  expect([response.status, response.headers.get("location")]).toEqual([303, LIST]);
});

Deno.test("a lounge is made, filled, changed, put away and reopened when all that is there is forms", async () => {
  const ada = await keeper();
  const fields = { slug: "harbour", name: "Harbour", description: "Boats & <ropes>.", ageRating: "_18PLUS" };
  const made = await submit(ada, LIST, { ...fields, step: "new", position: "" });
  expect(made.status).toBe(303);
  const page = /^(\/admin\/lounges\/\d+)\?done=new$/.exec(made.to!)![1]!;
  expect((await ada.get(made.to!)).text).toContain("The lounge is made.");
  const room = await submit(ada, page, { step: "new-room", language: "nb", name: "", topic: "Båter" });
  expect(room.to).toMatch(/\?done=added#room-\d+$/);
  const id = roomId(room.to);
  const shown = (await ada.get(page)).text;
  expect([valueOf(shown, `name-${id}`), valueOf(shown, `topic-${id}`)]).toEqual(["Norsk bokmål", "Båter"]);
  const renamed = await submit(ada, page, { step: "room", room: id, name: "Brygga", topic: "" });
  expect(renamed.to).toBe(`${page}?done=saved#room-${id}`);
  await submit(ada, page, { ...fields, step: "lounge", slug: "ignored", name: "Harbor", position: "1" });
  const public_ = (await new Visitor(parley().node).get("/lounges/harbour")).text;
  for (const words of ["Harbor", "Brygga", "Boats &amp; &lt;ropes>."]) expect(public_).toContain(words);
  expect((await submit(ada, LIST, { step: "archive", lounge: page.split("/").at(-1)! })).to).toBe(
    `${LIST}?done=archived#lounge-harbour`,
  );
  expect((await new Visitor(parley().node).get("/lounges/harbour")).response.status).toBe(410);
  expect((await ada.get(LIST)).text).toMatch(/Archived \(\d+\)[\s\S]*Harbor/);
  expect((await submit(ada, page, { step: "reopen" })).to).toBe(`${page}?done=reopened`);
  expect((await new Visitor(parley().node).get("/lounges/harbour/nb")).response.status).toBe(200);
  await submit(ada, page, { step: "archive-room", room: id, name: "ignored", topic: "ignored" });
  expect((await new Visitor(parley().node).get("/lounges/harbour/nb")).response.status).toBe(410);
  await submit(ada, page, { step: "reopen-room", room: id });
  expect((await new Visitor(parley().node).get("/lounges/harbour/nb")).text).toContain("Brygga");
});

Deno.test("a form says beside its fields what is wrong, and keeps what was typed, when it is refused", async () => {
  const ada = await keeper();
  const typed = {
    slug: "general",
    name: "Second",
    description: "Kept <words>",
    ageRating: "_18PLUS_RED",
    position: "7",
  };
  const taken = await submit(ada, LIST, { ...typed, step: "new" });
  expect(taken.status).toBe(409);
  expect(taken.text).toMatch(/id="slug-error"[\s\S]*?Another lounge has that address already\./);
  expect(["slug", "name", "position"].map((id) => valueOf(taken.text, id))).toEqual([
    "general",
    "Second",
    "7",
  ]);
  expect(taken.text).toMatch(/<textarea[^>]*>Kept &lt;words><\/textarea>/);
  expect(taken.text).toMatch(
    /<input[^>]*value="_18PLUS_RED"[^>]*checked|<input[^>]*checked[^>]*value="_18PLUS_RED"/,
  );
  const wrong = await submit(ada, LIST, { ...typed, step: "new", slug: "No!", name: "", position: "first" });
  expect(wrong.status).toBe(400);
  for (const field of ["slug", "name", "position"]) expect(wrong.text).toContain(`id="${field}-error"`);
});

Deno.test("the form that was refused stands open with its words, and no other, when a page has several", async () => {
  const ada = await keeper();
  const page = await made(ada, "several-forms");
  const id = roomId((await submit(ada, page, { step: "new-room", language: "et", name: "", topic: "" })).to);
  const room = await submit(ada, page, { step: "room", room: id, name: "", topic: "Kept topic" });
  expect(room.status).toBe(400);
  expect(room.text).toMatch(new RegExp(`<li id="room-${id}"><details open`));
  expect(room.text).toMatch(new RegExp(`id="name-${id}-error"`));
  expect([valueOf(room.text, `topic-${id}`), valueOf(room.text, "new-topic"), valueOf(room.text, "name")])
    .toEqual([
      "Kept topic",
      undefined,
      "several-forms",
    ]);
  const again = await submit(ada, page, { step: "new-room", language: "ET", name: "Teine", topic: "" });
  expect([again.status, valueOf(again.text, "language"), valueOf(again.text, "new-name")]).toEqual([
    409,
    "ET",
    "Teine",
  ]);
  expect(again.text).toMatch(/id="language-error"[\s\S]*?has a room for that language already/);
  expect(again.text).not.toContain("<details open");
  const lounge = await submit(ada, page, { step: "lounge", name: "x".repeat(41), ageRating: "_18PLUS" });
  expect([lounge.status, valueOf(lounge.text, "name")]).toEqual([400, "x".repeat(41)]);
  expect((await submit(ada, page, { step: "room", room: "nonsense", name: "x" })).status).toBe(404);
});

Deno.test("a form is refused when its token is missing", async () => {
  const ada = await keeper();
  const response = await ada.submit(LIST, { step: "archive", lounge: "general" });
  expect(response.status).toBe(403);
  await response.body?.cancel();
  expect((await new Visitor(parley().node).get("/lounges/general")).response.status).toBe(200);
});
