/** What somebody finds who comes to a ghost room's door: by link, with a nickname. */
import { expect } from "expect";
import { member } from "../support/member.ts";
import { parleyForFile, startParley } from "../support/node.ts";
import { dataOf, guest, refusal, roomOf } from "../support/visitor.ts";
import {
  ask,
  connectGhost,
  expire,
  ghost,
  ghostRoom,
  idOf,
  lastSeen,
  look,
  post,
  tryJoin,
} from "./people.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;
const UNKNOWN = `ghost-${"x".repeat(22)}`;
/** Every address that begins with a room's token and asks for no session. */
const DOORS = [
  (token: string) => ask(here(), `/api/rooms/${token}`),
  (token: string) => ask(here(), `/api/rooms/${token}/validate`),
  (token: string) => tryJoin(here(), token, "Spook"),
  (token: string) => post(here(), `/api/rooms/${token}/close`, { ownerKey: "k".repeat(43) }),
];

Deno.test("a room tells who has its link when it ends and how many are in it", async () => {
  const made = await ghostRoom(here(), { capacity: 7 });
  const response = await ask(here(), `/api/rooms/${made.token}`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const { token, expiresAt, createdAt } = made;
  expect(await dataOf(response)).toEqual({
    ...{ token, expiresAt, createdAt, participantCount: 0, capacity: 7, encrypted: false },
  });
  await ghost(here(), token, "One");
  await ghost(here(), token, "Two");
  expect((await look(here(), token)).participantCount).toBe(2);
});

Deno.test("who is away for more than 30 s is not counted", async () => {
  const { token } = await ghostRoom(here());
  await ghost(here(), token, "Here 29");
  await ghost(here(), token, "Away 31");
  await lastSeen(here(), "Here 29", 25);
  await lastSeen(here(), "Away 31", 31);
  expect((await look(here(), token)).participantCount).toBe(1);
});

Deno.test("a link is good while its room is", async () => {
  const { token, expiresAt } = await ghostRoom(here());
  const response = await ask(here(), `/api/rooms/${token}/validate`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await dataOf(response)).toEqual({ valid: true, expiresAt });
});

Deno.test("whoever has the link gets a session with a nickname", async () => {
  const { token } = await ghostRoom(here());
  const response = await tryJoin(here(), token, "  Zoë Ⅳ  Müller ");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("set-cookie")).toBe(null);
  expect(await dataOf(response)).toEqual({
    sessionToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    nickname: "Zoë IV Müller",
    roomToken: token,
  });
});

Deno.test("nothing is kept of where a ghost came from", async () => {
  const { token } = await ghostRoom(here());
  const headers = { "content-type": "application/json", "user-agent": "Ghost browser 1" };
  const body = JSON.stringify({ nickname: "Traceless" });
  await dataOf(await fetch(`${here().origin}/api/rooms/${token}/join`, { method: "POST", headers, body }));
  const [session] = await parley().database.sql`
    select s.address, s.user_agent, s.persistent, u.tier, u.expires_at, r.ends_at from sessions s
    join users u on u.id = s.user_id join rooms r on r.id = u.home_room where u.name = 'Traceless'`;
  expect(session).toMatchObject({ address: "", user_agent: "", persistent: false, tier: "ghost" });
  expect(session!.expires_at).toEqual(session!.ends_at);
});

Deno.test("an unknown link leads nowhere, at every door", async () => {
  for (const name of [UNKNOWN, "ghost-short", "nonsense", "ghost-%00%00%00%00%00%00%00%00"]) {
    for (const door of DOORS) {
      const response = await door(name);
      expect(response.headers.get("cache-control")).toBe("no-store");
      await refusal(response, 404, "ROOM_NOT_FOUND");
    }
  }
});

Deno.test("a room whose time is over says so, at every door", async () => {
  const { token } = await ghostRoom(here());
  await expire(parley().nodes, await idOf(here(), token));
  for (const door of DOORS) await refusal(await door(token), 410, "ROOM_EXPIRED");
});

Deno.test("a nickname is refused, naming the field, when it is no name", async (test) => {
  const { token } = await ghostRoom(here());
  const wrong = ["", " ", "a", "x".repeat(21), "a\nb", "<b>bold</b>", "a\u202Eb", "👻👻", "-dash", 7, null, [
    "Ann",
  ], undefined];
  for (const nickname of wrong) {
    await test.step(JSON.stringify(nickname) ?? "none", async () => {
      const { fields } = await refusal(await tryJoin(here(), token, nickname), 400, "INVALID_NICKNAME");
      expect(Object.keys(fields!)).toEqual(["nickname"]);
    });
  }
  const unknown = await post(here(), `/api/rooms/${token}/join`, { nickname: "Ann", password: "x" });
  await refusal(unknown, 400, "VALIDATION_FAILED");
  expect((await look(here(), token)).participantCount).toBe(0);
});

Deno.test("names in any script are names, at both lengths", async () => {
  const { token } = await ghostRoom(here());
  for (const name of ["李明", "नमस्ते", "محمد علي", "Ōkami_1.x-y", "x".repeat(20), "𝒜𝒷"]) {
    await ghost(here(), token, name);
  }
});

Deno.test("a nickname is taken, in whatever case and form, while its holder is there", async (test) => {
  const { token } = await ghostRoom(here());
  await ghost(here(), token, "Ändré Ω");
  const same = [
    "Ändré Ω",
    "äNDRÉ ω",
    "A\u0308ndre\u0301 \u2126",
    "Ändré  Ω",
    " Ändré Ω ",
    "Ａ\u0308ｎｄｒé Ω",
  ];
  for (const [index, name] of same.entries()) {
    await test.step(JSON.stringify(name), async () => {
      const place = parley().nodes[index % 2]!;
      await refusal(await tryJoin(place, token, name), 409, "NICKNAME_IN_USE");
    });
  }
  await ghost(here(), token, "Andre Ω");
  expect((await look(here(), token)).participantCount).toBe(2);
  const other = await ghostRoom(here());
  await ghost(here(), other.token, "Ändré Ω");
});

Deno.test("a nickname is free 30 s after its holder was seen last, and taken until then", async () => {
  const { token } = await ghostRoom(here());
  const spook = await ghost(here(), token, "Spook");
  await lastSeen(here(), "Spook", 28);
  await refusal(await tryJoin(here(), token, "Spook"), 409, "NICKNAME_IN_USE");
  await lastSeen(here(), "Spook", 30.5);
  await ghost(here(), token, "Spook");
  // The first one comes back too late.
  const late = await ask(here(), `/api/messages/${token}`, { bearer: spook.sessionToken });
  await refusal(late, 409, "NICKNAME_IN_USE");
});

Deno.test("one of many who want the same nickname at once gets it, on two isolates", async () => {
  const { token } = await ghostRoom(here());
  const tries = Array.from(
    { length: 20 },
    (_, index) => tryJoin(parley().nodes[index % 2]!, token, index % 3 ? "Highlander" : "HIGHLANDER"),
  );
  const codes = await Promise.all((await Promise.all(tries)).map(async (response) => {
    const body = await response.json();
    return body.success ? "in" : body.error.code;
  }));
  expect(codes.filter((code) => code === "in")).toHaveLength(1);
  expect(codes.filter((code) => code === "NICKNAME_IN_USE")).toHaveLength(19);
});

Deno.test("a full room takes nobody, and somebody when somebody has left", async () => {
  const { token } = await ghostRoom(here(), { capacity: 2 });
  const one = await ghost(here(), token, "One");
  await ghost(here(), token, "Two");
  await refusal(await tryJoin(here(), token, "Three"), 403, "ROOM_FULL");
  // A taken name is told before there being no place.
  await refusal(await tryJoin(here(), token, "two"), 409, "NICKNAME_IN_USE");
  await dataOf(await post(here(), `/api/rooms/${token}/leave`, {}, one.sessionToken));
  await ghost(here(), token, "Three");
  await refusal(await tryJoin(here(), token, "Four"), 403, "ROOM_FULL");
  // Those who were refused left nothing behind.
  const [rows] = await parley().database.sql`
    select count(*)::int as ghosts from users where home_room = ${await idOf(here(), token)}`;
  expect(rows!.ghosts).toBe(3);
});

Deno.test("with a room's id in place of a token the room and its last messages are told to those who may read", async () => {
  const { id } = await roomOf(here());
  const bare = await dataOf(await ask(here(), `/api/rooms/${id}`));
  expect(bare).toMatchObject({ room: { id, kind: "language" }, headSeq: 0, messages: [], role: null });
  const { token } = await ghostRoom(here());
  const socket = await connectGhost(here(), await ghost(here(), token, "Ann"));
  for (let line = 1; line <= 52; line++) await socket.say(socket.roomId, `Line ${line}`);
  await socket.done({ type: "delete_message", messageId: `${socket.roomId}-52` });
  const bearer = (await ghost(here(), token, "Ben")).sessionToken;
  const seen = await dataOf<{ messages: { body: string }[] }>(
    await ask(here(), `/api/rooms/${socket.roomId}`, { bearer }),
  );
  expect(seen).toMatchObject({ room: { id: socket.roomId, kind: "ghost" }, headSeq: 53, role: "member" });
  expect(seen.messages.map(({ body }) => body)).toEqual(
    Array.from({ length: 49 }, (_, index) => `Line ${index + 3}`),
  );
  await refusal(await ask(here(), `/api/rooms/${socket.roomId}`), 401, "UNAUTHENTICATED");
  for (const who of [await guest(here()), await member(here())]) {
    const response = await ask(here(), `/api/rooms/${socket.roomId}`, { bearer: who.accessToken });
    await refusal(response, 403, "NOT_A_MEMBER");
  }
  await refusal(await ask(here(), "/api/rooms/999999"), 404, "ROOM_NOT_FOUND");
  await socket.close();
});

Deno.test("wrong links are counted by address, and right ones go on working", async () => {
  await using limited = await startParley({ env: { LIMITS_FACTOR: "1" } });
  const { token } = await ghostRoom(limited.node);
  for (let tries = 0; tries < 20; tries++) {
    await refusal(await ask(limited.node, `/api/rooms/${UNKNOWN}/validate`), 404, "ROOM_NOT_FOUND");
  }
  for (const path of ["", "/validate"]) {
    await refusal(await ask(limited.node, `/api/rooms/${UNKNOWN}${path}`), 429, "RATE_LIMIT_EXCEEDED");
  }
  await refusal(await tryJoin(limited.node, UNKNOWN, "Spook"), 429, "RATE_LIMIT_EXCEEDED");
  await dataOf(await ask(limited.node, `/api/rooms/${token}/validate`));
  await ghost(limited.node, token, "Spook");
});

Deno.test("joins from one address are limited", async () => {
  await using limited = await startParley({ env: { LIMITS_FACTOR: "0.05" } });
  const { token } = await ghostRoom(limited.node);
  const { services } = limited.node;
  await ghost(limited.node, token, "Ghost 1");
  await services.limits.spend("ghostJoin", "127.0.0.1");
  await services.limits.spend("ghostJoin", "127.0.0.1");
  const { retryAfter } = await refusal(
    await tryJoin(limited.node, token, "Ghost 2"),
    429,
    "RATE_LIMIT_EXCEEDED",
  );
  expect(retryAfter).toBeGreaterThan(0);
});
