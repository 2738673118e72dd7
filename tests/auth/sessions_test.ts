import { expect } from "expect";
import type { OwnSession } from "../../lib/auth/own_sessions.ts";
import { CLOSE } from "../../lib/protocol/errors.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { messagesTo, messageTo } from "./sent.ts";
import { connect } from "../support/socket.ts";
import { COOKIE, dataOf, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { before } from "../support/wait.ts";
import { isIn, member, signedIn } from "./people.ts";

const clock = movableClock();
const parley = parleyForFile({ clock, nodes: 2 });
const MINUTE = 60_000;

function refresh(refreshToken: string): Promise<Response> {
  return new Visitor(parley().node).post("/api/auth/refresh", { refreshToken });
}

interface Renewed {
  accessToken: string;
  refreshToken?: string;
}

Deno.test("a refresh token brings new credentials, in the body for who sends it there", async () => {
  const ada = await member(parley().node);
  const first = ada.cookies.get(COOKIE.refresh)!;
  const renewed = await dataOf<Renewed & { user: unknown }>(await refresh(first));
  expect(renewed).toEqual({
    accessToken: expect.any(String),
    refreshToken: expect.any(String),
    user: ada.user,
  });
  expect(renewed.refreshToken).not.toBe(first);
  const headers = { authorization: `Bearer ${renewed.accessToken}` };
  await dataOf(await fetch(`${parley().node.origin}/api/auth/me`, { headers }));
});

Deno.test("a browser refreshes by cookie, with and without an access token that is still good", async () => {
  const ada = await member(parley().node);
  const before = ada.cookies.get(COOKIE.refresh);
  const answer = await dataOf(await ada.post("/api/auth/refresh"));
  expect(answer).toEqual({ accessToken: expect.any(String), user: ada.user });
  const second = ada.cookies.get(COOKIE.refresh);
  expect(second).not.toBe(before);
  clock.advance(16 * MINUTE);
  await dataOf(await ada.post("/api/auth/refresh"));
  expect(ada.cookies.get(COOKIE.refresh)).not.toBe(second);
  expect(await isIn(ada)).toBe(true);
});

Deno.test("a refresh is refused without a token, with one that is made up, and from another site", async () => {
  const { node } = parley();
  const ada = await member(node);
  await refusal(await new Visitor(node).post("/api/auth/refresh"), 401, "INVALID_SESSION");
  await refusal(await refresh(`${crypto.randomUUID()}.${"A".repeat(43)}`), 401, "INVALID_SESSION");
  await refusal(await refresh("nonsense"), 401, "INVALID_SESSION");
  const bad = new Visitor(node).post("/api/auth/refresh", { refreshToken: 5 });
  expect(await refusal(await bad, 400, "VALIDATION_FAILED")).toMatchObject({
    fields: { refreshToken: expect.anything() },
  });
  await refusal(
    await ada.post("/api/auth/refresh", {}, { origin: "https://evil.example" }),
    403,
    "ORIGIN_NOT_ALLOWED",
  );
  await refusal(await ada.post("/api/auth/refresh", {}, { "x-csrf-token": "wrong" }), 403, "CSRF_FAILED");
  expect(await isIn(ada)).toBe(true);
});

Deno.test("two tabs that refresh at the same moment both stay in", async () => {
  const ada = await member(parley().node);
  const token = ada.cookies.get(COOKIE.refresh)!;
  const answers = await Promise.all([refresh(token), refresh(token)]);
  const renewed = await Promise.all(answers.map((answer) => dataOf<Renewed>(answer)));
  expect(renewed.filter(({ refreshToken }) => refreshToken !== undefined)).toHaveLength(1);
  clock.advance(9_000);
  await dataOf(await refresh(token));
});

Deno.test("a stolen old refresh token puts both parties out, is on record, and the owner hears of it once", async () => {
  const [node, other] = parley().nodes;
  const ada = await member(node!, { staySignedIn: true });
  const socket = await connect(other!, ada);
  const stolen = ada.cookies.get(COOKIE.refresh)!;
  clock.advance(16 * MINUTE);
  expect(await isIn(ada)).toBe(true);
  clock.advance(11_000);
  const thief = new Visitor(node!);
  thief.cookies.set(COOKIE.refresh, stolen);
  expect(await isIn(thief)).toBe(false);
  expect((await before(socket.closed, "the socket's end")).code).toBe(CLOSE.sessionEnded);
  expect(await isIn(ada)).toBe(false);
  await refusal(await refresh(stolen), 401, "INVALID_SESSION");
  const rows = await parley().database.sql`
    select actor_id, detail from audit_log where action = 'session.replayed' and subject_id = ${ada.user.id}`;
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ actor_id: null, detail: { session: stolen.split(".")[0] } });
  expect((await messageTo(node!, ada.email, 2)).subject).toBe("A Parley session of yours was ended");
  expect(await messagesTo(node!, ada.email)).toHaveLength(2);
});

Deno.test("one's sessions are listed with where they began, and the asking one is marked", async () => {
  const { node } = parley();
  const ada = await member(node);
  const phone = new Visitor(node);
  const body = { email: ada.email, password: "correct horse battery" };
  await dataOf(await phone.post("/api/auth/signin", body, { "user-agent": "Phone/1.0" }));
  const sessions = await dataOf<OwnSession[]>(await ada.fetch("/api/auth/sessions"));
  expect(sessions).toHaveLength(2);
  expect(sessions.find(({ current }) => !current)).toEqual({
    id: expect.any(String),
    current: false,
    userAgent: "Phone/1.0",
    address: "127.0.0.1",
    createdAt: expect.any(String),
    lastSeenAt: expect.any(String),
  });
  expect(sessions.filter(({ current }) => current)).toHaveLength(1);
  await refusal(await new Visitor(node).fetch("/api/auth/sessions"), 401, "UNAUTHENTICATED");
});

Deno.test("a session ended from elsewhere closes its sockets on another node within 2 s", async () => {
  const [node, other] = parley().nodes;
  const ada = await member(node!);
  const victim = await signedIn(other!, ada);
  const socket = await connect(other!, victim);
  await socket.join((await roomOf(other!)).id);
  const sessions = await dataOf<OwnSession[]>(await ada.fetch("/api/auth/sessions"));
  const target = sessions.find(({ current }) => !current)!;
  const headers = { "x-csrf-token": await ada.csrf() };
  const began = performance.now();
  await dataOf(await ada.fetch(`/api/auth/sessions/${target.id}`, { method: "DELETE", headers }));
  expect((await before(socket.closed, "the socket's end", 2_000)).code).toBe(CLOSE.sessionEnded);
  console.log(`closed on another node after ${((performance.now() - began) / 1000).toFixed(3)} s`);
  expect(await isIn(victim)).toBe(false);
  expect(await isIn(ada)).toBe(true);
});

Deno.test("a session that is somebody else's, unknown or no id is not there to be ended", async () => {
  const { node } = parley();
  const [ada, eve] = [await member(node), await member(node)];
  const [own] = await dataOf<OwnSession[]>(await ada.fetch("/api/auth/sessions"));
  const end = async (id: string, headers: Record<string, string>) =>
    await eve.fetch(`/api/auth/sessions/${id}`, { method: "DELETE", headers });
  const csrf = { "x-csrf-token": await eve.csrf() };
  for (const id of [own!.id, crypto.randomUUID(), "1"]) await refusal(await end(id, csrf), 404, "NOT_FOUND");
  await refusal(await end(own!.id, { "x-csrf-token": "wrong" }), 403, "CSRF_FAILED");
  expect(await isIn(ada)).toBe(true);
});

Deno.test("signing out ends the session on every node, and takes the cookies", async () => {
  const [node, other] = parley().nodes;
  const ada = await member(node!);
  const socket = await connect(other!, ada);
  await dataOf(await ada.post("/api/auth/logout"));
  expect((await before(socket.closed, "the socket's end", 2_000)).code).toBe(CLOSE.sessionEnded);
  expect(ada.cookies.has(COOKIE.refresh)).toBe(false);
  const headers = { authorization: `Bearer ${ada.accessToken}` };
  await refusal(await fetch(`${other!.origin}/api/auth/me`, { headers }), 401, "UNAUTHENTICATED");
});

Deno.test("a guest's session lasts its day and is not put off by use", async () => {
  const visitor = await guest(parley().node);
  clock.advance(23 * 60 * MINUTE);
  expect(await isIn(visitor)).toBe(true);
  clock.advance(61 * MINUTE);
  expect(await isIn(visitor)).toBe(false);
});
