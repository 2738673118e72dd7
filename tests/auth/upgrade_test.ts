import { expect } from "expect";
import { CLOSE } from "../../lib/protocol/errors.ts";
import type { Message, Viewer } from "../../lib/protocol/types.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { codeTo } from "./sent.ts";
import { connect } from "../support/socket.ts";
import { dataOf, type Guest, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { before } from "../support/wait.ts";
import { freshEmail, freshNumber, isIn, member, PASSWORD, unique } from "./people.ts";

const clock = movableClock();
const parley = parleyForFile({ clock });

/** A guest who has come in, with a CSRF token. */
async function newcomer(name: string): Promise<Guest> {
  const visitor = await guest(parley().node, { name, red: true });
  await visitor.csrf();
  return visitor;
}

Deno.test("a guest who opens an account keeps id, name, words and blocks, and their old session ends", async () => {
  const { node, database: { sql } } = parley();
  const ada = await newcomer("Ada");
  const troll = await guest(node);
  await sql`insert into blocks (user_id, blocked_id) values (${ada.user.id}, ${troll.user.id})`;
  const room = await roomOf(node);
  const socket = await connect(node, ada);
  await socket.join(room.id);
  await socket.say(room.id, "I was here before");
  const [email, username] = [freshEmail(), `ada_${unique()}`];
  const asked = await ada.post("/api/auth/upgrade", { email, username, password: PASSWORD });
  expect(await dataOf(asked)).toEqual({ status: "verification_required" });
  expect(await isIn(ada)).toBe(true);
  const guestsToken = ada.accessToken;
  const check = { purpose: "register", target: email, code: await codeTo(node, email) };
  const { user } = await dataOf<{ user: Viewer }>(await ada.post("/api/auth/verifyOTP", check));
  expect(user).toEqual({ ...ada.user, tier: "member", username });
  expect(user).toMatchObject({ id: ada.user.id, name: "Ada", ageCategory: "_18PLUS_RED" });
  expect((await before(socket.closed, "the guest's socket")).code).toBe(CLOSE.sessionEnded);
  const headers = { authorization: `Bearer ${guestsToken}` };
  await refusal(await fetch(`${node.origin}/api/auth/me`, { headers }), 401, "UNAUTHENTICATED");
  const history = await ada.get(`/api/chatroom/rooms/${room.id}/messages`);
  const { messages } = JSON.parse(history.text).data as { messages: Message[] };
  expect(messages.find(({ body }) => body === "I was here before")!.author).toEqual({
    id: user.id,
    name: "Ada",
    username,
  });
  const blocks = await sql`select blocked_id from blocks where user_id = ${user.id}`;
  expect(blocks.map(({ blocked_id }) => blocked_id)).toEqual([troll.user.id]);
  // A member does not expire.
  clock.advance(25 * 60 * 60_000);
  const again = await new Visitor(node).post("/api/auth/signin", { email, password: PASSWORD });
  expect(await dataOf(again)).toMatchObject({ user: { id: user.id } });
});

Deno.test("a guest who opens an account by phone keeps their id too", async () => {
  const { node } = parley();
  const grace = await newcomer("Grace");
  const phoneNumber = freshNumber();
  const asked = await grace.post("/api/auth/upgrade", { phoneNumber, birthYear: 1990 });
  expect(await dataOf(asked)).toEqual({ status: "verification_required", userId: expect.any(String) });
  const check = {
    purpose: "signup",
    target: phoneNumber,
    code: await codeTo(node, phoneNumber),
    password: PASSWORD,
  };
  const { user } = await dataOf<{ user: Viewer }>(await grace.post("/api/auth/verifyOTP", check));
  expect(user).toMatchObject({ id: grace.user.id, name: "Grace", tier: "member" });
});

Deno.test("an upgrade is refused to strangers and members, without CSRF token, and with a wrong field", async () => {
  const { node } = parley();
  const body = { email: freshEmail(), username: `ada_${unique()}`, password: PASSWORD };
  await refusal(await new Visitor(node).post("/api/auth/upgrade", body), 401, "UNAUTHENTICATED");
  await refusal(await (await member(node)).post("/api/auth/upgrade", body), 403, "FORBIDDEN");
  const ada = await newcomer("Ada");
  await refusal(await ada.post("/api/auth/upgrade", body, { "x-csrf-token": "wrong" }), 403, "CSRF_FAILED");
  const short = await refusal(
    await ada.post("/api/auth/upgrade", { ...body, password: "x" }),
    400,
    "VALIDATION_FAILED",
  );
  expect(Object.keys(short.fields!)).toEqual(["password"]);
  const young = { phoneNumber: freshNumber(), birthYear: new Date().getUTCFullYear() - 10 };
  await refusal(await ada.post("/api/auth/upgrade", young), 403, "AGE_RESTRICTED");
});
