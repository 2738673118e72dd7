import { expect } from "expect";
import type { AdminLanguageRoom, AdminLounge } from "../../lib/protocol/forms/lounges.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";
import { keeper, listed, lounge, send, statusOf } from "./keeping.ts";

const parley = parleyForFile({ nodes: 2 });

Deno.test("a lounge is made, found by everybody and talked in when an admin gives it rooms", async () => {
  const ada = await keeper(parley().node);
  const body = {
    slug: " Book-Club ",
    name: "  Book   club ",
    description: "What we read.",
    ageRating: "_18PLUS",
    position: 2,
  };
  const response = await send(ada, "POST", "lounges", body);
  expect(response.status).toBe(201);
  const { id, ...rest } = await dataOf<AdminLounge>(response);
  expect(rest).toEqual({
    slug: "book-club",
    name: "Book club",
    description: "What we read.",
    ageRating: "_18PLUS",
    position: 2,
    archived: false,
    rooms: [],
  });
  expect((await listed(parley().node)).find((lounge) => lounge.id === id)!.rooms).toEqual([]);
  const added = await send(ada, "POST", `lounges/${id}/rooms`, { language: "PT-br", topic: "Romances" });
  expect(added.status).toBe(201);
  const room = await dataOf<AdminLanguageRoom>(added);
  expect(room).toMatchObject({
    language: "pt-BR",
    name: "Português (Brasil)",
    topic: "Romances",
    dir: "ltr",
  });
  const named = { language: "he", name: "ספרים" };
  expect(await dataOf(await send(ada, "POST", `lounges/book-club/rooms`, named))).toMatchObject({
    name: "ספרים",
    dir: "rtl",
    online: 0,
    archived: false,
  });
  const found = (await listed(parley().node)).find((lounge) => lounge.slug === "book-club")!;
  expect(found.rooms.map(({ language }) => language)).toEqual(["pt-BR", "he"]);
  expect(await statusOf(new Visitor(parley().node), "/lounges/book-club/pt-BR")).toBe(200);
  const socket = await connect(parley().nodes[1]!, await guest(parley().nodes[1]!));
  await socket.join(room.id);
  expect((await socket.say(room.id, "Alguém leu Clarice?")).seq).toBe(1);
  await socket.close();
});

Deno.test("a lounge comes last when no place is given, and where it is put when one is", async () => {
  const ada = await keeper(parley().node);
  const { id, slug } = await lounge(ada);
  expect((await listed(parley().node)).at(-1)!.slug).toBe(slug);
  await dataOf(await send(ada, "PATCH", `lounges/${id}`, { position: 1 }));
  expect((await listed(parley().node)).findIndex((lounge) => lounge.slug === slug)).toBeLessThanOrEqual(1);
});

Deno.test("what is given is changed, and nothing else, when a lounge or a room is patched", async () => {
  const ada = await keeper(parley().node);
  const { id, slug, rooms: [room] } = await lounge(ada, ["sv"]);
  const before = await dataOf<AdminLounge>(await ada.fetch(`/api/admin/lounges/${id}`));
  const after = await dataOf<AdminLounge>(
    await send(ada, "PATCH", `lounges/${id}`, { name: "Stugan", description: "Kaffe och prat." }),
  );
  expect(after).toEqual({ ...before, name: "Stugan", description: "Kaffe och prat." });
  const topic = await dataOf(await send(ada, "PATCH", `rooms/${room!.id}`, { topic: "Väder" }));
  expect(topic).toEqual({ ...room, topic: "Väder" });
  expect(await dataOf(await send(ada, "PATCH", `rooms/${room!.id}`, { name: "Svenskt" }))).toEqual({
    ...room,
    topic: "Väder",
    name: "Svenskt",
  });
  expect(await dataOf(await send(ada, "PATCH", `lounges/${slug}`, {}))).toMatchObject({ name: "Stugan" });
});

Deno.test("an address is refused when another lounge has it, or the lounge that language", async () => {
  const ada = await keeper(parley().node);
  const { id, slug } = await lounge(ada, ["de"]);
  const again = { slug, name: "Another", ageRating: "_18PLUS" };
  const taken = await refusal(await send(ada, "POST", "lounges", again), 409, "SLUG_TAKEN");
  expect(taken.fields).toEqual({ slug: expect.stringContaining("already") });
  const room = await refusal(
    await send(ada, "POST", `lounges/${id}/rooms`, { language: "DE" }),
    409,
    "SLUG_TAKEN",
  );
  expect(room.fields).toEqual({ language: expect.stringContaining("already") });
  // An archived room keeps its address: what was said there is still there.
  const [german] = (await dataOf<AdminLounge>(await ada.fetch(`/api/admin/lounges/${id}`))).rooms;
  await dataOf(await send(ada, "PATCH", `rooms/${german!.id}`, { archived: true }));
  await refusal(await send(ada, "POST", `lounges/${id}/rooms`, { language: "de" }), 409, "SLUG_TAKEN");
});

Deno.test("one of two lounges is made when two admins choose the same address at once", async () => {
  const [ada, bob] = [await keeper(parley().node), await keeper(parley().node)];
  const body = { slug: "contested", name: "Contested", ageRating: "_18PLUS" };
  const answers = await Promise.all([send(ada, "POST", "lounges", body), send(bob, "POST", "lounges", body)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  for (const answer of answers) await answer.body?.cancel();
});

Deno.test("a lounge or room is refused, field by field, when it is not said properly", async (test) => {
  const ada = await keeper(parley().node);
  const { id, rooms: [room] } = await lounge(ada, ["it"]);
  const good = { slug: "never-made", name: "Never", ageRating: "_18PLUS" };
  const cases: [method: "POST" | "PATCH", path: string, body: Record<string, unknown>, field: string][] = [
    ["POST", "lounges", { ...good, slug: "a" }, "slug"],
    ["POST", "lounges", { ...good, slug: "no spaces" }, "slug"],
    ["POST", "lounges", { ...good, slug: "-edge-" }, "slug"],
    ["POST", "lounges", { ...good, slug: "../etc" }, "slug"],
    ["POST", "lounges", { ...good, slug: "12345" }, "slug"],
    ["POST", "lounges", { ...good, slug: "x".repeat(41) }, "slug"],
    ["POST", "lounges", { ...good, name: "  " }, "name"],
    ["POST", "lounges", { ...good, name: "n".repeat(41) }, "name"],
    ["POST", "lounges", { ...good, name: "turned\u202eround" }, "name"],
    ["POST", "lounges", { ...good, description: "d".repeat(201) }, "description"],
    ["POST", "lounges", { ...good, ageRating: "_12PLUS" }, "ageRating"],
    ["POST", "lounges", { ...good, position: 0 }, "position"],
    ["PATCH", `lounges/${id}`, { name: "" }, "name"],
    ["PATCH", `lounges/${id}`, { archived: "yes" }, "archived"],
    ["PATCH", `lounges/${id}`, { slug: "renamed" }, ""],
    ["POST", `lounges/${id}/rooms`, { language: "klingon!" }, "language"],
    ["POST", `lounges/${id}/rooms`, {}, "language"],
    ["POST", `lounges/${id}/rooms`, { language: "nl", topic: "t".repeat(201) }, "topic"],
    ["PATCH", `rooms/${room!.id}`, { name: "\u0000" }, "name"],
    ["PATCH", `rooms/${room!.id}`, { language: "fr" }, ""],
  ];
  for (const [method, path, body, field] of cases) {
    await test.step(`${method} ${path} ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const { fields } = await refusal(await send(ada, method, path, body), 400, "VALIDATION_FAILED");
      expect(Object.keys(fields!)).toEqual([field]);
    });
  }
  expect((await listed(parley().node)).some(({ slug }) => slug === "never-made")).toBe(false);
});

Deno.test("nothing is found when an admin names a lounge or room that is not there, or no language room", async () => {
  const ada = await keeper(parley().node);
  await refusal(await ada.fetch("/api/admin/lounges/nowhere"), 404, "NOT_FOUND");
  await refusal(await send(ada, "PATCH", "lounges/999999", { name: "X Y" }), 404, "NOT_FOUND");
  await refusal(await send(ada, "POST", "lounges/nowhere/rooms", { language: "en" }), 404, "NOT_FOUND");
  await refusal(await send(ada, "PATCH", "rooms/999999", { name: "X Y" }), 404, "ROOM_NOT_FOUND");
  await refusal(await send(ada, "PATCH", "rooms/one", { name: "X Y" }), 404, "ROOM_NOT_FOUND");
  const [other] = await parley().database.sql`
    insert into rooms (kind, name, slug, visibility) values ('slug', 'Ours', 'ours', 'invite') returning id`;
  await refusal(await send(ada, "PATCH", `rooms/${other!.id}`, { archived: true }), 404, "ROOM_NOT_FOUND");
});

Deno.test("nobody but an admin changes a lounge, whoever they are", async () => {
  const { node } = parley();
  const { id, rooms: [room] } = await lounge(await keeper(parley().node), ["ko"]);
  const moderator = await member(node, { role: "MODERATOR" });
  for (const who of [await guest(node), await member(node), moderator]) {
    await refusal(await who.fetch("/api/admin/lounges"), 403, "FORBIDDEN");
    const body = { slug: "not-mine", name: "Not mine", ageRating: "_18PLUS" };
    await refusal(await send(who, "POST", "lounges", body), 403, "FORBIDDEN");
    await refusal(await send(who, "PATCH", `lounges/${id}`, { archived: true }), 403, "FORBIDDEN");
    await refusal(await send(who, "POST", `lounges/${id}/rooms`, { language: "en" }), 403, "FORBIDDEN");
    await refusal(await send(who, "PATCH", `rooms/${room!.id}`, { archived: true }), 403, "FORBIDDEN");
  }
  await refusal(await new Visitor(node).fetch("/api/admin/lounges"), 401, "UNAUTHENTICATED");
  expect(await statusOf(new Visitor(parley().node), `/api/chatroom/rooms/${room!.id}/messages`)).toBe(200);
});

Deno.test("an admin is one no longer, at once, when the role is taken away", async () => {
  const ada = await keeper(parley().node);
  await dataOf(await ada.fetch("/api/admin/lounges"));
  await parley().database.sql`update users set role = 'USER' where id = ${ada.user.id}`;
  await refusal(await ada.fetch("/api/admin/lounges"), 403, "FORBIDDEN");
});
