import { expect } from "expect";
import { slugFrom } from "../../lib/rooms/slugs.ts";
import type { HistoryPage, RoomInfo } from "../../lib/protocol/types.ts";
import { type Member, member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf, refusal } from "../support/visitor.ts";
import { act, ask, detailsOf, join, rolesOf, slugRoom } from "./slug.ts";

const parley = parleyForFile();

/** What the house has said in a room. */
async function houseLines(who: Member, room: RoomInfo): Promise<string[]> {
  const path = `/api/chatroom/rooms/${room.id}/messages`;
  const { messages } = await dataOf<HistoryPage>(await ask(parley().node, who, "GET", path));
  return messages.filter(({ kind, author }) => kind === "SYSTEM" && author === null).map(({ body }) => body);
}

async function audited(room: RoomInfo): Promise<string[]> {
  const rows = await parley().node.services.sql<{ line: string }[]>`
    select action || ' ' || coalesce(actor_id::text, '-') || ' ' || coalesce(subject_id::text, '-') as line
    from audit_log where detail->>'room' = ${room.id} order by id`;
  return rows.map(({ line }) => line);
}

Deno.test("a room belongs to who makes it, and says who opened it, when it is made", async () => {
  const { node } = parley();
  const ann = await member(node, { name: "Ann" });
  const room = await slugRoom(node, ann, {
    name: "  Late   readers ",
    slug: "Late-Readers",
    visibility: "invite",
  });
  expect(room).toMatchObject({
    kind: "slug",
    name: "Late readers",
    slug: "late-readers",
    visibility: "invite",
    topic: "",
  });
  expect(await detailsOf(node, ann, room)).toMatchObject({
    role: "owner",
    memberCount: 1,
    settings: { name: "Late readers", slug: "late-readers", visibility: "invite", archived: false },
    members: [{ id: ann.user.id, name: "Ann", role: "owner" }],
    bans: [],
    invites: [],
  });
  expect(await houseLines(ann, room)).toEqual(["Ann opened this room."]);
  const bySlug = await dataOf(await ask(node, ann, "GET", "/api/rooms/slug/LATE-readers"));
  expect(bySlug).toMatchObject({ room: { id: room.id } });
});

Deno.test("a slug comes from the name when none is asked for, and varies until it is free", async () => {
  const { node } = parley();
  const ann = await member(node);
  const named = async (name: string) => (await slugRoom(node, ann, { name })).slug;
  expect(await named("Tea & cake")).toBe("tea-cake");
  expect(await named("Tea, cake!")).toBe("tea-cake-2");
  expect(await named("Τσάι 茶")).toMatch(/^room-[a-z0-9]{4}$/);
  expect(await named("Settings")).toMatch(/^room-[a-z0-9]{4}$/);
});

Deno.test("a name becomes a plain address when it has marks, and none when too little is left", () => {
  expect(slugFrom("Café für Bücher")).toBe("cafe-fur-bucher");
  expect(slugFrom("Straße Øst Łódź")).toBe("strasse-ost-lodz");
  expect(slugFrom("x".repeat(60))).toHaveLength(40);
  for (const name of ["ab", "2024", "новости", "new", "茶"]) {
    expect([name, slugFrom(name)]).toEqual([name, null]);
  }
});

Deno.test("a slug is refused when another room has it, whatever its case, and nothing is counted", async () => {
  const node = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const ann = await member(node);
  await slugRoom(node, ann, { slug: "mine-alone" });
  for (let count = 0; count < 6; count++) {
    const body = { name: "Mine", slug: "Mine-Alone", visibility: "public" };
    const { fields } = await refusal(
      await ask(node, ann, "POST", "/api/rooms/slug", body),
      409,
      "SLUG_TAKEN",
    );
    expect(Object.keys(fields!)).toEqual(["slug"]);
  }
  await slugRoom(node, ann, { slug: "mine-too" });
});

Deno.test("the sixth room of an hour is refused", async () => {
  const node = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const ann = await member(node);
  for (let count = 0; count < 5; count++) await slugRoom(node, ann);
  const body = { name: "One more", visibility: "public" };
  const { retryAfter } = await refusal(
    await ask(node, ann, "POST", "/api/rooms/slug", body),
    429,
    "RATE_LIMIT_EXCEEDED",
  );
  expect(retryAfter).toBeGreaterThan(600);
});

Deno.test("people come into a public room, and stay what they are when they come again", async () => {
  const { node } = parley();
  const [ann, ben] = [await member(node, { name: "Ann" }), await member(node, { name: "Ben" })];
  const room = await slugRoom(node, ann);
  const stranger = await detailsOf(node, ben, room);
  expect(Object.keys(stranger).sort()).toEqual(["memberCount", "role", "room"]);
  expect(await dataOf(await act(node, ben, room, "join"))).toMatchObject({ role: "member", joined: true });
  expect(await dataOf(await act(node, ben, room, "join"))).toMatchObject({ role: "member", joined: false });
  expect(await dataOf(await act(node, ann, room, "join"))).toMatchObject({ role: "owner", joined: false });
  expect(await rolesOf(node, ben, room)).toEqual({ Ann: "owner", Ben: "member" });
});

Deno.test("a room that takes an invite tells strangers nothing and lets nobody in without one", async () => {
  const { node } = parley();
  const [ann, ben] = [await member(node), await member(node)];
  const room = await slugRoom(node, ann, { visibility: "invite" });
  await refusal(await ask(node, ben, "GET", `/api/rooms/slug/${room.slug}`), 403, "NOT_A_MEMBER");
  await refusal(await ask(node, null, "GET", `/api/rooms/slug/${room.slug}`), 401, "UNAUTHENTICATED");
  await refusal(await act(node, ben, room, "join"), 403, "FORBIDDEN");
});

Deno.test("an owner's place goes to the longest-serving moderator when the owner leaves, and the last one closes the door", async () => {
  const { node } = parley();
  const people = await Promise.all(["Ann", "Ben", "Cleo", "Dan"].map((name) => member(node, { name })));
  const [ann, ben, cleo, dan] = people as [Member, Member, Member, Member];
  const room = await slugRoom(node, ann);
  await join(node, room, ben, cleo, dan);
  await dataOf(await act(node, ann, room, "promote", { userId: cleo.user.id, role: "moderator" }));
  await dataOf(await act(node, ann, room, "leave"));
  expect(await rolesOf(node, cleo, room)).toEqual({ Cleo: "owner", Ben: "member", Dan: "member" });
  await refusal(await act(node, ann, room, "leave"), 403, "NOT_A_MEMBER");
  await dataOf(await act(node, cleo, room, "leave"));
  expect(await rolesOf(node, ben, room)).toEqual({ Ben: "owner", Dan: "member" });
  for (const who of [ben, dan]) await dataOf(await act(node, who, room, "leave"));
  expect(await detailsOf(node, ann, room)).toMatchObject({ memberCount: 0, room: { archived: true } });
  await refusal(await act(node, ann, room, "join"), 410, "ROOM_INACTIVE");
});

Deno.test("who is kicked is out, is written down, and comes back by what let them in", async () => {
  const { node } = parley();
  const [ann, ben] = [await member(node, { name: "Ann" }), await member(node, { name: "Ben" })];
  const room = await slugRoom(node, ann);
  await join(node, room, ben);
  await dataOf(await act(node, ann, room, "kick", { userId: ben.user.id }));
  expect(await rolesOf(node, ann, room)).toEqual({ Ann: "owner" });
  await refusal(await ask(node, ben, "GET", `/api/chatroom/rooms/${room.id}/messages`), 403, "NOT_A_MEMBER");
  await refusal(await act(node, ann, room, "kick", { userId: ben.user.id }), 404, "NOT_FOUND");
  await join(node, room, ben);
  expect(await rolesOf(node, ann, room)).toEqual({ Ann: "owner", Ben: "member" });
  expect(await audited(room)).toEqual([`room.kicked ${ann.user.id} ${ben.user.id}`]);
  expect(await houseLines(ann, room)).toEqual(["Ann opened this room."]);
});

Deno.test("nobody deals with themselves, their equals or their betters", async () => {
  const { node } = parley();
  const people = await Promise.all(["Ann", "Ben", "Cleo", "Dan"].map((name) => member(node, { name })));
  const [ann, ben, cleo, dan] = people as [Member, Member, Member, Member];
  const room = await slugRoom(node, ann);
  await join(node, room, ben, cleo, dan);
  for (const who of [ben, cleo]) {
    await dataOf(await act(node, ann, room, "promote", { userId: who.user.id, role: "moderator" }));
  }
  for (const action of ["kick", "ban"]) {
    for (
      const [who, whom] of [[ben, ann], [ben, cleo], [ben, ben], [ann, ann], [dan, ben], [dan, ann]] as const
    ) {
      await refusal(await act(node, who, room, action, { userId: whom.user.id }), 403, "FORBIDDEN");
    }
  }
  await refusal(
    await act(node, ben, room, "promote", { userId: dan.user.id, role: "moderator" }),
    403,
    "FORBIDDEN",
  );
  await refusal(
    await act(node, ann, room, "promote", { userId: ann.user.id, role: "member" }),
    403,
    "FORBIDDEN",
  );
  expect(await rolesOf(node, dan, room)).toEqual({
    Ann: "owner",
    Ben: "moderator",
    Cleo: "moderator",
    Dan: "member",
  });
  await dataOf(await act(node, ann, room, "promote", { userId: ben.user.id, role: "member" }));
  await refusal(await act(node, ben, room, "kick", { userId: dan.user.id }), 403, "FORBIDDEN");
});

Deno.test("a ban holds for its time, is listed and lifted, and spares Parley's staff", async () => {
  const { node } = parley();
  const { sql } = node.services;
  const [ann, ben, mod] = [
    await member(node),
    await member(node, { name: "Ben" }),
    await member(node, { role: "MODERATOR" }),
  ];
  const room = await slugRoom(node, ann);
  await join(node, room, ben);
  const body = { userId: ben.user.id, hours: 2, reason: "Shouts" };
  const { endsAt } = await dataOf<{ endsAt: string }>(await act(node, ann, room, "ban", body));
  expect(Math.round((Date.parse(endsAt) - Date.now()) / 60_000)).toBe(120);
  expect((await detailsOf(node, ann, room)).bans).toMatchObject([
    { person: { id: ben.user.id, name: "Ben" }, reason: "Shouts", endsAt, bannedBy: { id: ann.user.id } },
  ]);
  await refusal(await act(node, ben, room, "join"), 403, "FORBIDDEN");
  await sql`update room_bans set ends_at = now() where room_id = ${room.id}`;
  node.services.rooms.forget(room.id);
  await join(node, room, ben);
  // For good, until it is lifted; also of somebody who is not in.
  await dataOf(await act(node, ben, room, "leave"));
  expect(await dataOf(await act(node, ann, room, "ban", { userId: ben.user.id }))).toMatchObject({
    endsAt: null,
  });
  await refusal(await act(node, ben, room, "join"), 403, "FORBIDDEN");
  await dataOf(await act(node, ann, room, "unban", { userId: ben.user.id }));
  await refusal(await act(node, ann, room, "unban", { userId: ben.user.id }), 404, "NOT_FOUND");
  await join(node, room, ben);
  await refusal(await act(node, ann, room, "ban", { userId: mod.user.id }), 403, "FORBIDDEN");
  await refusal(await act(node, ann, room, "ban", { userId: "999999999" }), 404, "NOT_FOUND");
  expect(await audited(room)).toEqual(
    ["banned", "banned", "unbanned"].map((action) => `room.${action} ${ann.user.id} ${ben.user.id}`),
  );
});

Deno.test("a room has one owner when it is handed over", async () => {
  const { node } = parley();
  const [ann, ben, eve] = [
    await member(node, { name: "Ann" }),
    await member(node, { name: "Ben" }),
    await member(node),
  ];
  const room = await slugRoom(node, ann);
  await join(node, room, ben);
  await refusal(await act(node, ann, room, "hand-over", { userId: eve.user.id }), 404, "NOT_FOUND");
  await refusal(await act(node, ann, room, "hand-over", { userId: ann.user.id }), 403, "FORBIDDEN");
  await refusal(await act(node, ben, room, "hand-over", { userId: ben.user.id }), 403, "FORBIDDEN");
  await dataOf(await act(node, ann, room, "hand-over", { userId: ben.user.id }));
  expect(await rolesOf(node, ann, room)).toEqual({ Ben: "owner", Ann: "moderator" });
  await refusal(await act(node, ann, room, "archive", { archived: true }), 403, "FORBIDDEN");
  expect(await houseLines(ann, room)).toEqual(["Ann opened this room.", "Ann handed this room over to Ben."]);
  expect(await audited(room)).toEqual([`room.handed-over ${ann.user.id} ${ben.user.id}`]);
});

Deno.test("settings change what is given, and the house tells of a new name or topic", async () => {
  const { node } = parley();
  const ann = await member(node, { name: "Ann" });
  const room = await slugRoom(node, ann, { name: "Chess", slug: "chess-club" });
  const other = await slugRoom(node, ann, { slug: "go-club" });
  const set = (body: Record<string, unknown>) =>
    ask(node, ann, "PATCH", `/api/rooms/slug/${room.id}/settings`, body);
  expect(await dataOf(await set({ topic: "Openings", name: "Chess" }))).toMatchObject({
    room: { name: "Chess", topic: "Openings" },
  });
  await dataOf(await set({}));
  await dataOf(await set({ name: "Chess & more", visibility: "invite", slug: "chess-and-more" }));
  await dataOf(await set({ topic: "" }));
  expect(await houseLines(ann, room)).toEqual([
    "Ann opened this room.",
    "Ann set a new topic: Openings",
    "Ann renamed this room to “Chess & more”.",
    "Ann cleared the topic.",
  ]);
  await refusal(await ask(node, ann, "GET", "/api/rooms/slug/chess-club"), 404, "ROOM_NOT_FOUND");
  await refusal(await set({ slug: other.slug }), 409, "SLUG_TAKEN");
  expect((await detailsOf(node, ann, room)).settings).toEqual({
    name: "Chess & more",
    topic: "",
    slug: "chess-and-more",
    visibility: "invite",
    archived: false,
  });
});

Deno.test("an archived room is read and not written, and can be opened again", async () => {
  const { node } = parley();
  const [ann, ben, eve] = [await member(node, { name: "Ann" }), await member(node), await member(node)];
  const room = await slugRoom(node, ann);
  await join(node, room, ben);
  const archive = (archived: boolean) => act(node, ann, room, "archive", { archived });
  expect(await dataOf(await archive(true))).toMatchObject({ room: { archived: true } });
  await dataOf(await archive(true));
  expect(await houseLines(ben, room)).toEqual(["Ann opened this room.", "Ann archived this room."]);
  await refusal(await act(node, eve, room, "join"), 410, "ROOM_INACTIVE");
  await refusal(await act(node, ann, room, "invites"), 410, "ROOM_INACTIVE");
  const rename = { name: "Put away" };
  await dataOf(await ask(node, ann, "PATCH", `/api/rooms/slug/${room.id}/settings`, rename));
  await dataOf(await archive(false));
  await join(node, room, eve);
  expect((await houseLines(ben, room)).at(-1)).toBe("Ann opened this room again.");
  expect((await audited(room)).map((line) => line.split(" ")[0])).toEqual(["room.archived", "room.reopened"]);
});
