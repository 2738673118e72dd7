/** What rooms keep of a person goes into their export, and goes away with their account. */
import { expect } from "expect";
import { ERASED_NAME } from "../../lib/profile/erase.ts";
import type { HistoryPage } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { unzip } from "../support/unzip.ts";
import { dataOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { act, ask, detailsOf, join, rolesOf, slugRoom } from "./slug.ts";

const parley = parleyForFile({ nodes: 2 });

async function done(id: string): Promise<void> {
  const { sql } = parley().node.services;
  const state = async () => (await sql`select 1 from jobs where id = ${id} and state = 'done'`).length === 1;
  await until("the job", state);
}

Deno.test("an export holds the rooms one is or was in, the roles, bans and invites", async () => {
  const { node } = parley();
  const [ann, ben] = [await member(node), await member(node)];
  const [mine, theirs, shut] = [
    await slugRoom(node, ann, { name: "Mine" }),
    await slugRoom(node, ben, { name: "Theirs" }),
    await slugRoom(node, ben, { name: "Shut" }),
  ];
  await join(node, theirs, ann);
  await dataOf(await act(node, ben, theirs, "kick", { userId: ann.user.id }));
  await dataOf(await act(node, ben, shut, "ban", { userId: ann.user.id, reason: "Noise" }));
  await dataOf(await act(node, ann, mine, "invites", { uses: 4 }));
  const { id } = await dataOf<{ id: string }>(await ask(node, ann, "POST", "/api/me/export"));
  await done(id);
  const archive = await (await ask(node, ann, "GET", `/api/me/export/${id}`)).bytes();
  const json = (name: string) => JSON.parse(unzip(archive).get(name)!);
  expect(json("rooms.json")).toMatchObject([
    {
      roomId: mine.id,
      kind: "slug",
      name: "Mine",
      slug: mine.slug,
      role: "owner",
      leftAt: null,
      bannedAt: null,
    },
    { roomId: theirs.id, name: "Theirs", role: "member", leftAt: expect.any(String), kicked: true },
    { roomId: shut.id, name: "Shut", role: null, bannedAt: expect.any(String), banReason: "Noise" },
  ]);
  expect(json("invites.json")).toMatchObject([{ roomId: mine.id, maxUses: 4, uses: 0 }]);
});

Deno.test("an erased account is in no room, owns none, and is named in none", async () => {
  const [here, there] = parley().nodes;
  const { sql, jobs } = here!.services;
  const [zed, ben] = [await member(here!, { name: "Zed the Heron" }), await member(there!, { name: "Ben" })];
  const [own, left, alone, shut] = [
    await slugRoom(here!, zed, { name: "One" }),
    await slugRoom(here!, ben, { name: "Two" }),
    await slugRoom(here!, zed, { name: "Three" }),
    await slugRoom(here!, zed, { name: "Four" }),
  ];
  await join(here!, own, ben);
  await join(here!, left, zed);
  await join(here!, shut, ben);
  await dataOf(await act(here!, zed, own, "invites"));
  const socket = await connect(here!, zed as Parameters<typeof connect>[1]);
  for (const room of [own, left, shut]) {
    await socket.join(room.id);
    await socket.say(room.id, "words of Zed the Heron");
  }
  await socket.close();
  await dataOf(await act(here!, zed, left, "leave"));
  await dataOf(await act(here!, zed, shut, "archive", { archived: true }));
  const reader = await connect(there!, ben as Parameters<typeof connect>[1]);
  await reader.join(own.id);

  await done(await jobs.enqueue("erase-account", { userId: zed.user.id }));
  // What the house said of them, and what they said themselves.
  await reader.take("message_deleted");
  await reader.take("message_deleted");
  await reader.close();
  expect(await rolesOf(there!, ben, own)).toEqual({ Ben: "owner" });
  expect(await detailsOf(there!, ben, alone)).toMatchObject({ memberCount: 0, room: { archived: true } });
  expect(await sql`select 1 from room_invites where created_by = ${zed.user.id}`).toHaveLength(0);
  for (const room of [own, left, shut]) {
    const path = `/api/chatroom/rooms/${room.id}/messages`;
    const { messages } = await dataOf<HistoryPage>(await ask(there!, ben, "GET", path));
    expect(JSON.stringify(messages)).not.toContain("Heron");
  }
  const rows: string[] = [];
  for (const table of ["messages", "room_events", "message_revisions", "rooms", "users", "memberships"]) {
    rows.push(
      ...(await sql<{ row: string }[]>`select t::text as row from ${sql(table)} t`).map(({ row }) => row),
    );
  }
  expect(rows.filter((row) => row.includes("Heron"))).toEqual([]);
  expect(rows.filter((row) => row.includes(ERASED_NAME))).toHaveLength(1);
});
