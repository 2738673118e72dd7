import { expect } from "expect";
import type { MadeGhostRoom } from "../../lib/rooms/ghosts/create.ts";
import { member } from "../support/member.ts";
import { parleyForFile, startParley } from "../support/node.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";
import { ask, ghost, ghostRoom, KEY_CHECK, look, post } from "./people.ts";

const parley = parleyForFile();
const HOUR = 60 * 60_000;

const make = (body: unknown, bearer?: string) => post(parley().node, "/api/rooms", body, bearer);
const lifeOf = ({ createdAt, expiresAt }: MadeGhostRoom) => Date.parse(expiresAt) - Date.parse(createdAt);

Deno.test("a ghost room lasts a day, holds fifty and is plain when nothing is wished for", async () => {
  const response = await make({});
  expect(response.status).toBe(201);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const made = await dataOf<MadeGhostRoom>(response);
  expect(made).toEqual({
    token: expect.stringMatching(/^ghost-[A-Za-z0-9_-]{22}$/),
    ownerKey: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    createdAt: expect.any(String),
    expiresAt: expect.any(String),
    capacity: 50,
    encrypted: false,
  });
  expect(lifeOf(made)).toBe(24 * HOUR);
  expect(Math.abs(Date.parse(made.createdAt) - Date.now())).toBeLessThan(10_000);
});

Deno.test("a ghost room is as it was wished for, at both bounds", async () => {
  for (const [ttlHours, capacity] of [[1, 2], [168, 200]] as const) {
    const made = await ghostRoom(parley().node, { ttlHours, capacity });
    expect([lifeOf(made), made.capacity]).toEqual([ttlHours * HOUR, capacity]);
  }
  const made = await ghostRoom(parley().node, { encrypted: true, keyCheck: KEY_CHECK });
  expect(made.encrypted).toBe(true);
  expect(await look(parley().node, made.token)).toMatchObject({ encrypted: true, keyCheck: KEY_CHECK });
});

Deno.test("a form makes a ghost room as JSON does, and what it left empty counts as not wished for", async () => {
  const fields = { ttlHours: "2", capacity: "", encrypted: "", keyCheck: "" };
  const response = await new Visitor(parley().node).submit("/api/rooms", fields);
  const made = await dataOf<MadeGhostRoom>(response);
  expect([lifeOf(made), made.capacity, made.encrypted]).toEqual([2 * HOUR, 50, false]);
});

Deno.test("a room is refused, naming the field, when a wish cannot be granted", async (test) => {
  const sealed = { encrypted: true };
  const wrong: Record<string, Record<string, unknown>[]> = {
    ttlHours: [0, 169, 1.5, -3, "soon", "NaN"].map((ttlHours) => ({ ttlHours })),
    capacity: [1, 201, 2.5, "many"].map((capacity) => ({ capacity })),
    encrypted: [{ encrypted: "perhaps" }],
    keyCheck: [
      sealed,
      { keyCheck: KEY_CHECK },
      ...["short", "x".repeat(65), "not base64url!!!!", 5].map((keyCheck) => ({ ...sealed, keyCheck })),
    ],
    "": [{ name: "Ours" }],
  };
  const cases = Object.entries(wrong).flatMap(([field, bodies]) => bodies.map((body) => ({ field, body })));
  for (const { field, body } of cases) {
    await test.step(JSON.stringify(body), async () => {
      const { fields } = await refusal(await make(body), 400, "VALIDATION_FAILED");
      expect(Object.keys(fields!)).toEqual([field]);
    });
  }
});

Deno.test("only keyed hashes of the link and the key are kept, and nothing of who made the room", async () => {
  const ann = await member(parley().node);
  const { token, ownerKey } = await dataOf<MadeGhostRoom>(await make({}, ann.accessToken));
  const rows = await parley().database.sql`select * from rooms where kind = 'ghost' order by id desc limit 1`;
  expect(rows[0]).toMatchObject({ creator_id: null, topic: "", head_seq: "0", name: "Ghost room" });
  const kept = JSON.stringify(await parley().database.sql`select * from rooms, jobs`);
  for (const secret of [token, token.slice(6), ownerKey]) expect(kept).not.toContain(secret);
});

Deno.test("two rooms have nothing in common: another link, another key", async () => {
  const [one, other] = [await ghostRoom(parley().node), await ghostRoom(parley().node)];
  expect(new Set([one.token, other.token, one.ownerKey, other.ownerKey]).size).toBe(4);
});

Deno.test("a sixth room within an hour is refused, by account or by address", async () => {
  await using limited = await startParley({ env: { LIMITS_FACTOR: "1" } });
  const place = limited.node;
  const [ann, ben] = [await member(place), await member(place)];
  for (const bearer of [undefined, ann.accessToken]) {
    for (let made = 0; made < 5; made++) await dataOf(await post(place, "/api/rooms", {}, bearer));
    const { retryAfter } = await refusal(
      await post(place, "/api/rooms", {}, bearer),
      429,
      "RATE_LIMIT_EXCEEDED",
    );
    expect(retryAfter).toBeGreaterThan(60);
  }
  // Guests come and go: they count as their address does. Another account has its own five.
  const visitor = await guest(place);
  await refusal(await post(place, "/api/rooms", {}, visitor.accessToken), 429, "RATE_LIMIT_EXCEEDED");
  const { token } = await dataOf<MadeGhostRoom>(await post(place, "/api/rooms", {}, ben.accessToken));
  const spook = await ghost(place, token, "Spook");
  await refusal(await post(place, "/api/rooms", {}, spook.sessionToken), 429, "RATE_LIMIT_EXCEEDED");
});

Deno.test("a wish that cannot be granted is not counted as a room", async () => {
  await using limited = await startParley({ env: { LIMITS_FACTOR: "1", ROOM_MAX_CAPACITY: "10" } });
  for (let tries = 0; tries < 6; tries++) {
    await refusal(await post(limited.node, "/api/rooms", { capacity: 50 }), 400, "VALIDATION_FAILED");
  }
  await ghostRoom(limited.node);
});

Deno.test("the operator's bounds hold, and what is not wished for stays within them", async () => {
  await using small = await startParley({ env: { ROOM_TTL_HOURS: "12", ROOM_MAX_CAPACITY: "20" } });
  const made = await ghostRoom(small.node);
  expect([lifeOf(made), made.capacity]).toEqual([12 * HOUR, 20]);
  await ghostRoom(small.node, { ttlHours: 12, capacity: 20 });
  const response = await post(small.node, "/api/rooms", { ttlHours: 13, capacity: 21 });
  const { fields } = await refusal(response, 400, "VALIDATION_FAILED");
  expect(Object.keys(fields!)).toEqual(["ttlHours", "capacity"]);
});

Deno.test("a signed-in browser must show its CSRF token to make a room, and another site's page cannot", async () => {
  const ann = await guest(parley().node);
  const bare = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
  await refusal(await ann.fetch("/api/rooms", bare), 403, "CSRF_FAILED");
  const foreign = { ...bare, headers: { ...bare.headers, origin: "https://evil.example" } };
  await refusal(await new Visitor(parley().node).fetch("/api/rooms", foreign), 403, "ORIGIN_NOT_ALLOWED");
  await ann.csrf();
  await dataOf(await ann.post("/api/rooms"));
});

Deno.test("my rooms are listed to guests and members, and to nobody else", async () => {
  const [ann, ben] = [await member(parley().node), await guest(parley().node)];
  for (const { accessToken } of [ann, ben]) {
    expect(await dataOf(await ask(parley().node, "/api/rooms", { bearer: accessToken }))).toEqual([]);
  }
  await refusal(await ask(parley().node, "/api/rooms"), 401, "UNAUTHENTICATED");
  const { token } = await ghostRoom(parley().node);
  const spook = await ghost(parley().node, token, "Spook");
  await refusal(await ask(parley().node, "/api/rooms", { bearer: spook.sessionToken }), 403, "FORBIDDEN");
});
