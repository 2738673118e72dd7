import { expect } from "expect";
import { connect } from "../support/socket.ts";
import { DELAY } from "../../lib/notifications/notifier.ts";
import { until } from "../support/wait.ts";
import { houseForFile, roomWith, setLevel } from "./house.ts";

const house = houseForFile({ nodes: 2 });

async function pair() {
  const [ann, ben] = [await house().person("Ann"), await house().person("Ben")];
  const { nodes: [node, other] } = house().parley;
  const room = await roomWith(node!, ann, ben);
  await setLevel(node!, ben, room.id, "all");
  return { node: node!, other: other!, ann, ben, room };
}

Deno.test("several messages make one notification when they come together", async () => {
  const { ann, ben, room } = await pair();
  const seq = await house().say(ann, room.id, "one", "two", "three");
  await house().told(room.id, seq);
  expect(ben.browser.received.map(({ words: { title, body, seq } }) => [title, body, seq]))
    .toEqual([[`3 new messages in \u2068Book club\u2069`, "\u2068Ann\u2069: three", seq]]);
});

Deno.test("a later notification takes the place of the one before, and tells each message once", async () => {
  const { ann, ben, room } = await pair();
  await house().told(room.id, await house().say(ann, room.id, "one", "two"));
  await house().told(room.id, await house().say(ann, room.id, "three"));
  expect(ben.browser.titles).toEqual(["2 new messages in \u2068Book club\u2069", "Book club"]);
  expect(new Set(ben.browser.received.map(({ words: { tag } }) => tag)).size).toBe(1);
});

Deno.test("only what concerns somebody is counted when not all of it does", async () => {
  const { node, ann, ben, room } = await pair();
  await setLevel(node, ben, room.id, "mentions");
  const seq = await house().say(
    ann,
    room.id,
    "one",
    `two @${ben.user.username}`,
    "three",
    `four @${ben.user.username}`,
  );
  await house().told(room.id, seq);
  expect(ben.browser.titles).toEqual(["2 new messages in \u2068Book club\u2069"]);
});

Deno.test("two isolates send one push, not two, when both write to a room at once", async () => {
  const { node, other, ann, ben, room } = await pair();
  const sockets = [await connect(node, ann), await connect(other, ann)];
  const sent = await Promise.all(
    sockets.flatMap((socket) => ["a", "b", "c"].map((body) => socket.say(room.id, body))),
  );
  await house().told(room.id, Math.max(...sent.map(({ seq }) => seq)));
  expect(ben.browser.titles).toEqual(["6 new messages in \u2068Book club\u2069"]);
  expect(ben.browser.requests).toBe(1);
  for (const socket of sockets) await socket.close();
});

Deno.test("somebody is told by another isolate when the one that arranged it has died", async () => {
  const { ann, ben, room } = await pair();
  const { sql } = house().parley.database;
  await house().told(room.id, await house().say(ann, room.id, "before"));
  const seq = await house().say(ann, room.id, "never arranged");
  await until("a look", async () => {
    const rows = await sql`select 1 from notices where room_id = ${room.id} and due_at is not null`;
    return rows.length === 1;
  });
  // What is left when an isolate dies between the two: a look without its job.
  await until("its job", async () => {
    const gone = await sql`delete from jobs where kind = 'tell-room' and state = 'waiting'`;
    return gone.count === 1;
  });
  house().clock.advance(DELAY + 2 * 60_000);
  const next = await house().say(ann, room.id, "arranged");
  await house().told(room.id, next);
  expect(next).toBeGreaterThan(seq);
  expect(ben.browser.titles).toEqual(["Book club", "2 new messages in \u2068Book club\u2069"]);
});
