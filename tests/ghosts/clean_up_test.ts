/** The clean-up that comes every ten minutes, and what it writes down. */
import { expect } from "expect";
import { recentRemovals } from "../../db/queries/removals.ts";
import { cleanUp } from "../../lib/jobs/clean_up.ts";
import type { Work } from "../../lib/jobs/work.ts";
import { member } from "../support/member.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import { startParley } from "../support/node.ts";
import type { Node, Parley } from "../support/node.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { ask, connectGhost, expire, ghost, ghostRoom, idOf, post, showFile, upload } from "./people.ts";
import { filesOf } from "./remains.ts";

function run({ services }: Node): Promise<void> {
  return cleanUp({ services, signal: new AbortController().signal } as Work);
}

async function latest({ services: { sql } }: Node) {
  return (await recentRemovals(sql)).find(({ what }) => what === "clean-up")!;
}

async function firstRun({ node }: Parley): Promise<void> {
  await until("the clean-up of the start", async () => await latest(node));
}

Deno.test("each run is written down, in numbers only, and finds nothing when nothing is stale", async () => {
  await using parley = await startParley();
  await firstRun(parley);
  await run(parley.node);
  const record = await latest(parley.node);
  expect(record).toMatchObject({ what: "clean-up", roomId: null, at: expect.any(String) });
  expect(new Set(Object.values(record.counts))).toEqual(new Set([0]));
  expect(Object.keys(record.counts).sort()).toEqual([
    ...[
      "codes",
      "exports",
      "files",
      "ghostSessions",
      "guestSessions",
      "invites",
      "previews",
      "pushes",
      "records",
    ],
    ...["rooms", "sessions", "tombstones", "uploads"],
  ]);
});

Deno.test("rooms whose own job was lost are removed, their rows a week later", async () => {
  await using parley = await startParley();
  const { node, database: { sql } } = parley;
  await firstRun(parley);
  const [{ token }, alive] = [await ghostRoom(node), await ghostRoom(node)];
  await ghost(node, token, "Ann");
  const roomId = await idOf(node, token);
  await sql`delete from jobs where kind = 'purge-room'`;
  await expire([node], roomId, 60);
  await run(node);
  expect((await latest(node)).counts).toMatchObject({ rooms: 1, tombstones: 0 });
  expect(await sql`select 1 from users where home_room = ${roomId}`).toHaveLength(0);
  await refusal(await ask(node, `/api/rooms/${token}`), 410, "ROOM_EXPIRED");

  await sql`update rooms set closed_at = closed_at - interval '8 days' where id = ${roomId}`;
  await run(node);
  expect((await latest(node)).counts).toMatchObject({ rooms: 0, tombstones: 1 });
  expect(await sql`select 1 from rooms where id = ${roomId}`).toHaveLength(0);
  await refusal(await ask(node, `/api/rooms/${token}`), 404, "ROOM_NOT_FOUND");
  await ghost(node, alive.token, "Alive");
});

Deno.test("one room that cannot be removed keeps neither the others nor the rest of the clean-up", async () => {
  await using parley = await startParley();
  const { node: { services }, node, database: { sql } } = parley;
  await firstRun(parley);
  const rooms: RoomId[] = [];
  for (const name of ["First", "Second"]) {
    const { token } = await ghostRoom(node);
    await dataOf(await upload(node, await ghost(node, token, name), new Uint8Array(9)));
    rooms.push(await idOf(node, token));
  }
  await sql`delete from jobs where kind = 'purge-room'`;
  for (const [index, roomId] of rooms.entries()) await expire([node], roomId, 60 - index);
  const { remove } = services.storage;
  services.storage.remove = (key) =>
    key.startsWith(`rooms/${rooms[0]}/`) ? Promise.reject(new Error("disk")) : remove(key);
  try {
    await expect(run(node)).rejects.toThrow("disk");
  } finally {
    services.storage.remove = remove;
  }
  expect((await latest(node)).counts).toMatchObject({ rooms: 1 });
  expect(await sql`select 1 from users where home_room = ${rooms[1]!}`).toHaveLength(0);
  await run(node);
  expect(filesOf(node, rooms[0]!)).toEqual({ "folder": 0, "folder: files": 0 });
});

Deno.test("sessions that are over go: ghosts' at once, others' after a day", async () => {
  await using parley = await startParley();
  const { node, database: { sql } } = parley;
  await firstRun(parley);
  const { token } = await ghostRoom(node);
  const leaver = await ghost(node, token, "Leaver");
  await ghost(node, token, "Stays");
  await dataOf(await post(node, `/api/rooms/${token}/leave`, {}, leaver.sessionToken));
  const [ann, ben, cleo] = [await guest(node), await guest(node), await member(node)];
  await sql`update sessions set revoked_at = now() - interval '2 days' where user_id = ${ann.user.id}`;
  await sql`update sessions set revoked_at = now() - interval '2 hours' where user_id = ${ben.user.id}`;
  await sql`update sessions set expires_at = now() - interval '2 days' where user_id = ${cleo.user.id}`;
  await run(node);
  expect((await latest(node)).counts).toMatchObject({ sessions: 3, guestSessions: 1, ghostSessions: 1 });
  const left = await sql<{ name: string }[]>`select u.name from sessions s join users u on u.id = s.user_id`;
  expect(left.map(({ name }) => name).sort()).toEqual([ben.user.name, "Stays"].sort());
});

Deno.test("invites that are of no use go after 30 days", async () => {
  await using parley = await startParley();
  const { node, database: { sql } } = parley;
  await firstRun(parley);
  const ann = await member(node);
  const [room] = await sql<{ id: string }[]>`
    insert into rooms (kind, name, slug, visibility, creator_id)
    values ('slug', 'Room', 'room', 'invite', ${ann.user.id}) returning id`;
  await sql`
    insert into room_invites (id, room_id, token_hash, created_at, expires_at, max_uses, uses, revoked_at)
    select gen_random_uuid(), ${
    room!.id
  }, sha256(v.name::bytea), now() - v.made, now() - v.ended, v.most, v.used, now() - v.revoked
    from (values
      ('expired long ago', interval '60 days', interval '31 days', null, 0, null::interval),
      ('expired lately', interval '60 days', interval '29 days', null, 0, null),
      ('used up long ago', interval '31 days', null, 1, 1, null),
      ('used up lately', interval '29 days', null, 1, 1, null),
      ('revoked long ago', interval '60 days', null, null, 0, interval '31 days'),
      ('never ends', interval '60 days', null, null, 5, null)
    ) as v (name, made, ended, most, used, revoked)`;
  await run(node);
  expect((await latest(node)).counts.invites).toBe(3);
  const [left] = await sql`select count(*)::int as count from room_invites`;
  expect(left!.count).toBe(3);
});

Deno.test("files that no message holds, or none any more, go after a day, bytes and all, and those that one holds stay", async () => {
  await using parley = await startParley();
  const { node, database: { sql } } = parley;
  await firstRun(parley);
  const { token } = await ghostRoom(node);
  const ann = await ghost(node, token, "Ann");
  const socket = await connectGhost(node, ann);
  const { roomId } = socket;
  const ids: Record<string, string> = {};
  for (const name of ["sent", "deleted", "forgotten", "fresh"]) {
    ids[name] = (await dataOf<Attachment>(await upload(node, ann, new Uint8Array(9), { name }))).id;
  }
  for (const name of ["sent", "deleted"]) {
    const messageId = await showFile(socket, ids[name]!);
    if (name === "deleted") await socket.done({ type: "delete_message", messageId });
  }
  await sql`update files set let_go_at = let_go_at - interval '25 hours' where name <> 'fresh'`;
  expect(filesOf(node, roomId)["folder: files"]).toBe(8);
  await run(node);
  expect((await latest(node)).counts.files).toBe(2);
  const left = await sql<{ name: string }[]>`select name from files where room_id = ${roomId} order by name`;
  expect(left.map(({ name }) => name)).toEqual(["fresh", "sent"]);
  expect(filesOf(node, roomId)["folder: files"]).toBe(4);
  await refusal(
    await ask(node, `/api/rooms/${token}/files/${ids.forgotten}`, { bearer: ann.sessionToken }),
    404,
    "NOT_FOUND",
  );
  await socket.close();
});

Deno.test("the record of removals is itself removed after 90 days", async () => {
  await using parley = await startParley();
  const { node, database: { sql } } = parley;
  await firstRun(parley);
  await sql`insert into removals (at, what, counts) values (now() - interval '91 days', 'clean-up', '{}')`;
  await run(node);
  expect((await latest(node)).counts.records).toBe(1);
  expect(await recentRemovals(sql, 1)).toHaveLength(1);
});
