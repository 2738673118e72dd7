import { expect } from "expect";
import type { Invite, InvitedTo, MadeInvite } from "../../lib/protocol/forms/rooms.ts";
import type { RoomInfo } from "../../lib/protocol/types.ts";
import { type Member, member } from "../support/member.ts";
import { movableClock, parleyForFile } from "../support/node.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";
import { act, ask, detailsOf, join, rolesOf, slugRoom } from "./slug.ts";

const HOUR = 60 * 60_000;
const clock = movableClock();
const parley = parleyForFile({ nodes: 2, clock });

const invitesOf = async (who: Member, room: RoomInfo) =>
  await dataOf<Invite[]>(await ask(parley().node, who, "GET", `/api/rooms/slug/${room.id}/invites`));

async function invite(who: Member, room: RoomInfo, body: Record<string, unknown> = {}): Promise<MadeInvite> {
  return await dataOf<MadeInvite>(await act(parley().node, who, room, "invites", body));
}

async function invited(body: Record<string, unknown> = {}) {
  const { node } = parley();
  const ann = await member(node, { name: "Ann" });
  const room = await slugRoom(node, ann, { visibility: "invite" });
  return { node, ann, room, made: await invite(ann, room, body) };
}

Deno.test("a link tells what it leads to, and lets in whoever holds it", async () => {
  const { node, room, made } = await invited({ hours: 2, uses: 5 });
  const ben = await member(node, { name: "Ben" });
  expect(made).toMatchObject({ link: `${node.config.publicUrl}/i/${made.token}`, maxUses: 5 });
  expect(Date.parse(made.expiresAt!) - clock()).toBeGreaterThan(1.9 * HOUR);
  const to = await dataOf<InvitedTo>(await ask(node, null, "GET", `/api/invites/${made.token}`));
  expect(to).toMatchObject({
    room: { id: room.id, name: room.name },
    memberCount: 1,
    expiresAt: made.expiresAt,
  });
  expect(await dataOf(await act(node, ben, room, "join", { invite: made.token }))).toMatchObject({
    joined: true,
  });
  expect(await rolesOf(node, ben, room)).toEqual({ Ann: "owner", Ben: "member" });
});

Deno.test("only a keyed hash of a link is kept", async () => {
  const { node, made } = await invited();
  const rows = await node.services.sql<{ row: string }[]>`select t::text as row from room_invites t`;
  const text = rows.map(({ row }) => row).join();
  const plain = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(made.token)));
  for (const secret of [made.token, plain.toHex()]) expect(text).not.toContain(secret);
  expect(made.token).toMatch(/^[\w-]{43}$/);
});

Deno.test("exactly three get in when fifty race for the last three uses, on two nodes", async () => {
  const { ann, room, made } = await invited({ uses: 5 });
  const { nodes } = parley();
  const people = await Promise.all(Array.from({ length: 52 }, () => member(nodes[0]!)));
  const [early, racing] = [people.slice(0, 2), people.slice(2)];
  for (const who of early) await dataOf(await act(nodes[0]!, who, room, "join", { invite: made.token }));
  const answers = await Promise.all(
    racing.map((who, index) => act(nodes[index % 2]!, who, room, "join", { invite: made.token })),
  );
  const statuses = Object.groupBy(answers, ({ status }) => `${status}`);
  expect(Object.fromEntries(Object.entries(statuses).map(([status, own]) => [status, own!.length]))).toEqual({
    200: 3,
    410: 47,
  });
  for (const answer of answers) await answer.body?.cancel();
  expect((await detailsOf(nodes[1]!, ann, room)).memberCount).toBe(6);
  const [row] = await nodes[0]!.services.sql`select uses, max_uses from room_invites where id = ${made.id}`;
  expect(row).toEqual({ uses: 5, max_uses: 5 });
});

Deno.test("who is in already uses no invite up", async () => {
  const { node, ann, room, made } = await invited({ uses: 1 });
  const ben = await member(node);
  expect(await dataOf(await act(node, ann, room, "join", { invite: made.token }))).toMatchObject({
    joined: false,
  });
  await dataOf(await act(node, ben, room, "join", { invite: made.token }));
  expect(await dataOf(await act(node, ben, room, "join", { invite: made.token }))).toMatchObject({
    joined: false,
  });
});

Deno.test("a link opens nothing once it is used up, too old, taken back or for another room", async () => {
  const { node, ann, room, made: once } = await invited({ uses: 1 });
  const [ben, cleo] = [await member(node), await member(node)];
  const other = await slugRoom(node, ann, { visibility: "invite" });
  const joining = (token: string, where: RoomInfo = room, who = cleo) =>
    act(node, who, where, "join", { invite: token });
  await refusal(await joining(once.token, other), 404, "INVITE_NOT_FOUND");
  await dataOf(await act(node, ben, room, "join", { invite: once.token }));
  await refusal(await joining(once.token), 410, "INVITE_EXPIRED");
  await refusal(await ask(node, null, "GET", `/api/invites/${once.token}`), 410, "INVITE_EXPIRED");

  const taken = await invite(ann, room);
  const left = await dataOf<Invite[]>(
    await ask(node, ann, "DELETE", `/api/rooms/slug/${room.id}/invites/${taken.id}`),
  );
  expect(left).toEqual([]);
  await refusal(await joining(taken.token), 404, "INVITE_NOT_FOUND");
  await refusal(await ask(node, null, "GET", `/api/invites/${taken.token}`), 404, "INVITE_NOT_FOUND");

  const short = await invite(ann, room, { hours: 1 });
  clock.advance(HOUR + 1000);
  const dan = await member(node);
  await refusal(await joining(short.token, room, dan), 410, "INVITE_EXPIRED");
  for (const token of ["x", "A".repeat(43), `${short.token}A`]) {
    await refusal(await ask(node, null, "GET", `/api/invites/${token}`), 404, "INVITE_NOT_FOUND");
    await refusal(await joining(token, room, dan), 404, "INVITE_NOT_FOUND");
  }
});

Deno.test("members see and take back their own links, and moderators everybody's", async () => {
  const { node, ann, room, made } = await invited({ uses: 3 });
  const [ben, cleo] = [await member(node, { name: "Ben" }), await member(node)];
  for (const who of [ben, cleo]) await dataOf(await act(node, who, room, "join", { invite: made.token }));
  const bens = await invite(ben, room, { uses: 2 });
  expect(await invitesOf(ben, room)).toMatchObject([{
    id: bens.id,
    createdBy: { name: "Ben" },
    uses: 0,
    usesLeft: 2,
  }]);
  expect(await invitesOf(cleo, room)).toEqual([]);
  expect((await invitesOf(ann, room)).map(({ id, usesLeft }) => [id, usesLeft])).toEqual([[bens.id, 2], [
    made.id,
    1,
  ]]);
  const path = (id: string) => `/api/rooms/slug/${room.id}/invites/${id}`;
  await refusal(await ask(node, cleo, "DELETE", path(bens.id)), 404, "INVITE_NOT_FOUND");
  await refusal(await ask(node, ben, "DELETE", path(made.id)), 404, "INVITE_NOT_FOUND");
  await refusal(await ask(node, ann, "DELETE", path("nothing")), 404, "INVITE_NOT_FOUND");
  await dataOf(await ask(node, ann, "DELETE", path(bens.id)));
  expect(await invitesOf(ben, room)).toEqual([]);
});

Deno.test("a banned person's links go with them, and no link lets them in", async () => {
  const { node, ann, room, made } = await invited();
  const ben = await member(node);
  await dataOf(await act(node, ben, room, "join", { invite: made.token }));
  const bens = await invite(ben, room);
  await dataOf(await act(node, ann, room, "ban", { userId: ben.user.id }));
  await refusal(await ask(node, null, "GET", `/api/invites/${bens.token}`), 404, "INVITE_NOT_FOUND");
  await refusal(await act(node, ben, room, "join", { invite: made.token }), 403, "FORBIDDEN");
  expect((await invitesOf(ann, room))[0]?.uses).toBe(1);
});

Deno.test("a link takes an account, and leads nowhere while the room is archived", async () => {
  const { node, ann, room, made } = await invited();
  const { user: _, ...visitor } = await guest(node);
  await refusal(await act(node, visitor, room, "join", { invite: made.token }), 403, "FORBIDDEN");
  await dataOf(await act(node, ann, room, "archive", { archived: true }));
  await refusal(await ask(node, null, "GET", `/api/invites/${made.token}`), 410, "ROOM_INACTIVE");
  await refusal(
    await act(node, await member(node), room, "join", { invite: made.token }),
    410,
    "ROOM_INACTIVE",
  );
});

Deno.test("the thirty-first link of an hour is refused", async () => {
  const node = await parley().join({ env: { LIMITS_FACTOR: "1" } });
  const ann = await member(node);
  const room = await slugRoom(node, ann);
  for (let count = 0; count < 30; count++) await dataOf(await act(node, ann, room, "invites"));
  await refusal(await act(node, ann, room, "invites"), 429, "RATE_LIMIT_EXCEEDED");
  await join(node, room);
});
