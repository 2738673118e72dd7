import { expect } from "expect";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, guest, refusal, Visitor } from "../support/visitor.ts";

const parley = parleyForFile({ nodes: 2 });
type Entered = { room: RoomInfo; created: boolean };

const join = (who: Visitor, roomName: string, password: string) => who.post("/join", { roomName, password });

Deno.test("a password room is made by the first and entered by all who know the word", async () => {
  const [here, there] = parley().nodes;
  const [maya, tom] = [await member(here!), await guest(there!, { csrf: true })];
  const made = await join(maya, "Die Küche", "butterbrot");
  expect(made.status).toBe(201);
  const { room, created } = await dataOf<Entered>(made);
  expect([created, room.kind, room.name]).toEqual([true, "password", "Die Küche"]);
  expect(JSON.stringify(room)).not.toMatch(/hash|butterbrot/);

  await refusal(await join(tom, "die küche", "butterbrod"), 403, "WRONG_PASSWORD");
  const entered = await dataOf<Entered>(await join(tom, "  DIE   küche ", "butterbrot"));
  expect(entered).toMatchObject({ created: false, room: { id: room.id } });

  const [a, b] = [await connect(here!, maya), await connect(there!, tom)];
  await a.join(room.id);
  await b.join(room.id);
  await a.say(room.id, "soup is ready");
  expect((await b.take("new_message")).message.body).toBe("soup is ready");
  await Promise.all([a.close(), b.close()]);
});

Deno.test("one room is made when many name it at once, and its password is the winner's", async () => {
  const people = await Promise.all(
    Array.from({ length: 6 }, (_, index) => guest(parley().nodes[index % 2]!, { csrf: true })),
  );
  const answers = await Promise.all(people.map((who, index) => join(who, "Race", `word-${index}`)));
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([201, 403, 403, 403, 403, 403]);
  for (const answer of answers) await answer.body?.cancel();
});

Deno.test("five wrong tries are taken from an address for a room, right ones do not count, and others are not hindered", async () => {
  const node = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const maya = await member(node);
  await dataOf(await join(maya, "Vault", "right-word"));
  for (let turn = 0; turn < 7; turn++) await dataOf(await join(maya, "Vault", "right-word"));
  const mallory = await member(node);
  const answers = await Promise.all(
    Array.from({ length: 9 }, (_, index) => join(mallory, "Vault", `guess-${index}`)),
  );
  const codes = await Promise.all(answers.map(async (answer) => (await answer.json()).error.code));
  expect(codes.toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => "RATE_LIMIT_EXCEEDED"),
    ...Array.from({ length: 5 }, () => "WRONG_PASSWORD"),
  ]);
  // Guessing right does not help any more, and says how long to wait.
  const late = await join(mallory, "Vault", "right-word");
  expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
  await refusal(late, 429, "RATE_LIMIT_EXCEEDED");
  const other = await join(maya, "Attic", "other-word");
  expect(other.status).toBe(201);
  await other.body?.cancel();
});

Deno.test("what is missing or wrong is said field by field when a password room is asked for", async () => {
  const tom = await guest(parley().node, { csrf: true });
  for (
    const [body, field] of [
      [{ roomName: "x", password: "long enough" }, "roomName"],
      [{ roomName: "   ", password: "long enough" }, "roomName"],
      [{ roomName: "a\u200Bb", password: "long enough" }, "roomName"],
      [{ roomName: "x".repeat(61), password: "long enough" }, "roomName"],
      [{ roomName: "fine", password: "abc" }, "password"],
      [{ roomName: "fine", password: "ä".repeat(37) }, "password"],
      [{ roomName: "fine" }, "password"],
      [{ roomName: "fine", password: "long enough", extra: 1 }, ""],
    ] as const
  ) {
    const { fields } = await refusal(await tom.post("/join", body), 400, "VALIDATION_FAILED");
    expect([body, Object.keys(fields ?? {})]).toEqual([body, [field]]);
  }
  await refusal(await new Visitor(parley().node).post("/join", {}), 403, "CSRF_FAILED");
});

Deno.test("a stranger to a password room reads nothing of it, by page, REST or socket", async () => {
  const maya = await member(parley().node);
  const { room } = await dataOf<Entered>(await join(maya, "Secret garden", "open sesame"));
  const tom = await guest(parley().node, { csrf: true });
  await refusal(await tom.fetch(`/api/chatroom/rooms/${room.id}/messages`), 403, "NOT_A_MEMBER");
  const page = await tom.get(`/p/${room.id}`);
  expect(page.response.status).toBe(403);
  expect(page.text).not.toContain("Secret garden");
  const socket = await connect(parley().node, tom);
  expect((await socket.refused({ type: "join_room", roomId: room.id })).code).toBe("NOT_A_MEMBER");
  await socket.close();
});

Deno.test("the form of /join leads into the room, and back with what was typed when the word is wrong", async () => {
  const maya = await member(parley().node);
  const csrf = await maya.csrf();
  const sent = await maya.submit("/join", { csrf, roomName: "Paper", password: "scissors" });
  expect(sent.status).toBe(303);
  expect(sent.headers.get("location")).toMatch(/^\/p\/\d+$/);
  const inside = await maya.get(sent.headers.get("location")!);
  expect(inside.text).toContain("Paper");
  const wrong = await maya.submit("/join", { csrf, roomName: "Paper", password: "stone" });
  const text = await wrong.text();
  expect([wrong.status, text.includes('value="Paper"'), text.includes("stone")]).toEqual([403, true, false]);
});
