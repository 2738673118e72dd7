import { expect } from "expect";
import { appendMessages } from "../../db/queries/append.ts";
import { moveReadPointer, pointersMovedSince, readPointer } from "../../db/queries/reads.ts";
import {
  createSession,
  findSession,
  findSessionToRefresh,
  liveSessions,
  revokeSession,
  rotateSession,
} from "../../db/queries/sessions.ts";
import { createGuest, findUser } from "../../db/queries/users.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { testDatabase } from "../support/database.ts";
import { draft, makePeople, makeRooms } from "./people.ts";

const HOUR = 3_600_000;
const inAnHour = () => new Date(Date.now() + HOUR);
const hashOf = (byte: number) => new Uint8Array(32).fill(byte);

Deno.test("a read pointer only moves forward, and never past the head", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const [room] = await makeRooms(sql, 1);
  const [maya, tom] = await makePeople(sql, "Maya", "Tom");
  await appendMessages(sql, Array.from({ length: 10 }, (_, i) => draft(room!, maya!, `line ${i}`)));
  const before = new Date(Date.now() - 1000).toISOString();
  expect(await readPointer(sql, tom!, room!)).toBe(0);
  expect(await moveReadPointer(sql, tom!, room!, 4)).toEqual({ seq: 4, passedSome: false });
  expect(await moveReadPointer(sql, tom!, room!, 2)).toEqual({ seq: 4, passedSome: false });
  expect(await moveReadPointer(sql, tom!, room!, 99)).toEqual({ seq: 10, passedSome: false });
  expect(await readPointer(sql, tom!, room!)).toBe(10);
  expect(await moveReadPointer(sql, tom!, "987654321" as RoomId, 3)).toEqual({ seq: 0, passedSome: false });
  expect(await pointersMovedSince(sql, [maya!, tom!], before)).toMatchObject([{
    userId: tom,
    roomId: room,
    seq: 10,
  }]);
  expect(await pointersMovedSince(sql, [tom!], inAnHour().toISOString())).toEqual([]);
});

Deno.test("a guest is found until their time is over", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const guest = { name: "ليلى", ageCategory: "_18PLUS" } as const;
  const viewer = await createGuest(sql, { ...guest, expiresAt: inAnHour() });
  expect(viewer).toEqual({
    id: viewer.id,
    name: "ليلى",
    tier: "guest",
    ageCategory: "_18PLUS",
    role: "USER",
  });
  expect(await findUser(sql, viewer.id)).toEqual(viewer);
  const past = await createGuest(sql, { ...guest, expiresAt: new Date(Date.now() - 1000) });
  expect(await findUser(sql, past.id)).toBeNull();
});

Deno.test("a refresh token is replaced once when two tabs try, and its predecessor is recognised", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const user = await createGuest(sql, { name: "Maya", ageCategory: "_18PLUS_RED", expiresAt: inAnHour() });
  const id = crypto.randomUUID();
  await createSession(sql, {
    id,
    userId: user.id,
    refreshHash: hashOf(1),
    expiresAt: inAnHour(),
    persistent: true,
  });
  const at = new Date();
  const tries = await Promise.all(
    [2, 3].map((byte) => rotateSession(sql, { id, expectedHash: hashOf(1), nextHash: hashOf(byte), at })),
  );
  expect(tries.filter(Boolean).length).toBe(1);
  const winner = tries[0] ? 2 : 3;
  const tokenOf = async (byte: number) => (await findSessionToRefresh(sql, id, hashOf(byte)))!.token;
  expect(await findSessionToRefresh(sql, id, hashOf(winner))).toMatchObject({
    token: "current",
    session: { id, user },
  });
  expect(await tokenOf(1)).toBe("previous");
  expect(await tokenOf(winner === 2 ? 3 : 2)).toBe("stale");
  expect(await findSessionToRefresh(sql, crypto.randomUUID(), hashOf(1))).toBeNull();
  expect((await findSession(sql, id))!.rotatedAt).toEqual(at);
});

Deno.test("a session is not live any more when it is revoked or over", async () => {
  await using database = await testDatabase();
  const { sql } = database;
  const user = await createGuest(sql, { name: "Maya", ageCategory: "_18PLUS", expiresAt: inAnHour() });
  const ids = [1, 2, 3].map(() => crypto.randomUUID());
  for (const [i, id] of ids.entries()) {
    const expiresAt = i === 1 ? new Date(Date.now() - 1000) : inAnHour();
    await createSession(sql, { id, userId: user.id, refreshHash: hashOf(i), expiresAt, persistent: false });
  }
  expect(await revokeSession(sql, ids[2]!)).toBe(true);
  expect(await revokeSession(sql, ids[2]!)).toBe(false);
  expect(await liveSessions(sql, ids)).toEqual(new Set([ids[0]]));
  const change = { id: ids[2]!, expectedHash: hashOf(2), nextHash: hashOf(9), at: new Date() };
  expect(await rotateSession(sql, change)).toBe(false);
  expect((await findSession(sql, ids[2]!))!.revokedAt).toBeInstanceOf(Date);
});
