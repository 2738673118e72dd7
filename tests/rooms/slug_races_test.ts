import { expect } from "expect";
import { type Member, member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { dataOf } from "../support/visitor.ts";
import { act, detailsOf, join, rolesOf, slugRoom } from "./slug.ts";

const ROUNDS = 15;
const parley = parleyForFile({ nodes: 2 });

async function people(...names: string[]): Promise<Member[]> {
  return await Promise.all(names.map((name) => member(parley().node, { name })));
}

async function statusesOf(answers: Promise<Response>[]): Promise<number[]> {
  return await Promise.all(answers.map(async (answer) => {
    const { status, body } = await answer;
    await body?.cancel();
    return status;
  }));
}

Deno.test("a room has one owner, and one hand-over is done, when it is handed to two at once", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben, cleo] = await people("Ann", "Ben", "Cleo") as [Member, Member, Member];
  for (let round = 0; round < ROUNDS; round++) {
    const room = await slugRoom(here!, ann);
    await join(here!, room, ben, cleo);
    const statuses = await statusesOf([
      act(here!, ann, room, "hand-over", { userId: ben.user.id }),
      act(there!, ann, room, "hand-over", { userId: cleo.user.id }),
    ]);
    expect(statuses.toSorted()).toEqual([200, 403]);
    const roles = Object.values(await rolesOf(here!, ann, room)).toSorted();
    expect(roles).toEqual(["member", "moderator", "owner"]);
  }
});

Deno.test("nobody is in a room and banned from it when they come in at the moment they are banned", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben] = await people("Ann", "Ben") as [Member, Member];
  const seen = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const room = await slugRoom(here!, ann);
    const [came] = await statusesOf([
      act(there!, ben, room, "join"),
      act(here!, ann, room, "ban", { userId: ben.user.id }),
    ]);
    seen.add(came!);
    expect(await rolesOf(here!, ann, room)).toEqual({ Ann: "owner" });
    expect((await detailsOf(here!, ann, room)).bans).toHaveLength(1);
  }
  for (const status of seen) expect([200, 403]).toContain(status);
});

Deno.test("the database itself lets nobody in while they are being banned", async () => {
  const { node } = parley();
  const [ann, ben] = await people("Ann", "Ben") as [Member, Member];
  const room = await slugRoom(node, ann);
  const insert = (sql: typeof node.services.sql) =>
    sql`insert into memberships (room_id, user_id) values (${room.id}, ${ben.user.id})`;
  const refused = await node.services.sql.begin(async (sql) => {
    await sql`select 1 from rooms where id = ${room.id} for update`;
    await sql`insert into room_bans (room_id, user_id) values (${room.id}, ${ben.user.id})`;
    // It must wait for this transaction before it looks; whether it has begun to wait makes no difference.
    const waiting = insert(node.services.sql).then(() => null, (error) => error);
    await sql`select pg_sleep(0.05)`;
    return { waiting };
  });
  expect(await refused.waiting).toMatchObject({ code: "PR403" });
});

Deno.test("a room is archived, never left without an owner, when its last people leave at once", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben] = await people("Ann", "Ben") as [Member, Member];
  for (let round = 0; round < ROUNDS; round++) {
    const room = await slugRoom(here!, ann);
    await join(here!, room, ben);
    expect(await statusesOf([act(here!, ann, room, "leave"), act(there!, ben, room, "leave")])).toEqual([
      200,
      200,
    ]);
    expect(await detailsOf(here!, ann, room)).toMatchObject({ memberCount: 0, room: { archived: true } });
  }
});

Deno.test("there is an owner when one leaves while handing over, and while the heir leaves", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben, cleo] = await people("Ann", "Ben", "Cleo") as [Member, Member, Member];
  for (let round = 0; round < ROUNDS; round++) {
    const room = await slugRoom(here!, ann);
    await join(here!, room, ben, cleo);
    const [, left] = await statusesOf([
      act(here!, ann, room, "hand-over", { userId: ben.user.id }),
      act(there!, round % 2 ? ben : ann, room, "leave"),
    ]);
    expect(left).toBe(200);
    const roles = Object.values(await rolesOf(here!, cleo, room));
    expect(roles.filter((role) => role === "owner")).toHaveLength(1);
  }
});

Deno.test("a moderator does nothing more once they are one no more, on whichever node", async () => {
  const [here, there] = parley().nodes;
  const [ann, ben, cleo] = await people("Ann", "Ben", "Cleo") as [Member, Member, Member];
  for (let round = 0; round < ROUNDS; round++) {
    const room = await slugRoom(here!, ann);
    await join(here!, room, ben, cleo);
    await dataOf(await act(here!, ann, room, "promote", { userId: ben.user.id, role: "moderator" }));
    // The other node has just looked up what Ben is.
    await detailsOf(there!, ben, room);
    await dataOf(await act(here!, ann, room, "promote", { userId: ben.user.id, role: "member" }));
    const [status] = await statusesOf([act(there!, ben, room, "kick", { userId: cleo.user.id })]);
    expect(status).toBe(403);
  }
});
