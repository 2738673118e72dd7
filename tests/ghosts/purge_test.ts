/** A ghost room ends, and nothing of it is left. */
import { expect } from "expect";
import { recentRemovals } from "../../db/queries/removals.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { allKept, placesOf } from "../support/at_rest.ts";
import { parleyForFile } from "../support/node.ts";
import { ticketFor } from "../support/socket.ts";
import { dataOf, guest, refusal, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { type Insider, putFile, say, seal, sealedRoom } from "./insiders.ts";
import { ask, expire, ghost } from "./people.ts";
import { emptied, peopleOf, remainsAtLast, remainsOf, rowsOf, tableOf } from "./remains.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;
const MESSAGES = 1_000;
const FILES = 20;
const SECRET_WORDS = "the heron flies at midnight";

/** A full life: words, files, edits, deletions, somebody who left, somebody with a ticket who never came. */
async function live(insiders: Insider[], token: string): Promise<void> {
  for (let index = 0; index < FILES; index++) {
    const who = insiders[index % insiders.length]!;
    await say(who, `A file: ${SECRET_WORDS}`, [
      (await putFile(here(), who, `${SECRET_WORDS}, page ${index}`)).id,
    ]);
  }
  for (let batch = 0; batch < MESSAGES - FILES; batch += 70) {
    const some = Array.from({ length: Math.min(70, MESSAGES - FILES - batch) }, (_, index) => index);
    await Promise.all(
      some.map((index) => say(insiders[index % insiders.length]!, `${SECRET_WORDS} ${index}`)),
    );
  }
  const [ann, ben] = insiders as [Insider, Insider];
  for (let index = 0; index < 5; index++) {
    const messageId = await say(ann, "to be edited");
    await ann.socket.done({ type: "edit_message", messageId, body: await seal(ann, "edit", SECRET_WORDS) });
    if (index % 2) await ann.socket.done({ type: "delete_message", messageId });
  }
  await ben.socket.done({ type: "read", roomId: ben.socket.roomId, seq: 500 });
  await ben.socket.done({ type: "typing", roomId: ben.socket.roomId, on: true });
  await ben.socket.done({ type: "heartbeat" });
  await ticketFor(here(), await ghost(here(), token, "Never came"));
  const leaver = await ghost(here(), token, "Left early");
  await dataOf(
    await ask(here(), `/api/rooms/${token}/leave`, { method: "POST", bearer: leaver.sessionToken }),
  );
}

/** Brings the end near; the room's own job sees to the rest. */
async function endIn(roomId: RoomId, seconds: number): Promise<void> {
  const { sql } = parley().database;
  await expire(parley().nodes, roomId, -seconds);
  await sql`
    update jobs set run_at = clock_timestamp() + make_interval(secs => ${seconds + 3})
    where kind = 'purge-room' and state = 'waiting'`;
}

async function gone(roomId: RoomId): Promise<void> {
  await until("the end of all", async () => {
    const rows = await parley().database.sql`
      select 1 from rooms where id = ${roomId} and owner_key_hash is null`;
    return rows.length === 1;
  }, 60_000);
}

Deno.test("nothing is left of a room with 1,000 messages and 20 files when its time is over", async () => {
  const { sql } = parley().database;
  const stranger = await guest(here());
  const { id: lounge } = await roomOf(here());
  const { token, insiders } = await sealedRoom(parley(), ["Annabel", "Benedict", "Cleopatra", "Dorothea"]);
  const { roomId } = insiders[0]!.socket;
  await live(insiders, token);
  const people = await peopleOf(parley(), roomId);
  const before = await remainsOf(parley(), roomId, people);
  expect(before).toMatchObject({
    "messages.room_id": MESSAGES + 5,
    "message_revisions.room_id": 5,
    "room_events.room_id": 7,
    "files.room_id": FILES,
    "users.home_room": 6,
    "memberships.room_id": 6,
    "sessions.user_id": 6,
    "read_pointers.room_id": 1,
    "folder: files": 2 * FILES,
  });
  expect(before["kv here"]).toBe(2);
  expect(before["kv limit"]).toBeGreaterThan(0);
  // While it lived, there was ciphertext only.
  const sealed =
    await sql`select count(*)::int as count from messages where room_id = ${roomId} and body ~ '^e1[.]'`;
  expect(sealed[0]!.count).toBe(MESSAGES + 5);
  const kept = await allKept(sql, here(), parley().shared.kvUrl);
  expect(await placesOf(SECRET_WORDS, kept)).toEqual([]);
  expect(await placesOf("Annabel", kept)).toContain("users.name");
  expect(await bytesHolding(roomId, SECRET_WORDS)).toBe(0);

  const ended = performance.now();
  await endIn(roomId, 1);
  await gone(roomId);
  const took = (performance.now() - ended) / 1000;
  for (const { socket } of insiders) {
    await socket.take("room_closed");
    await socket.closed;
  }
  const after = await remainsAtLast(parley(), roomId, people, before);
  console.log(`${tableOf(before, after)}\ngone ${took.toFixed(1)} s after it was told to end in 1 s`);
  expect({ ...emptied(before), ...after }).toEqual(emptied(before));
  expect(took).toBeLessThan(60);

  const later = await allKept(sql, here(), parley().shared.kvUrl);
  const readable = later.filter(({ where }) => where !== "kv's files");
  for (const word of ["Annabel", "Benedict", "Left early", "Never came", ...people.sessions]) {
    expect([word, await placesOf(word, readable)]).toEqual([word, []]);
  }
  // Others have lost nothing.
  expect((await rowsOf(sql, lounge, [stranger.user.id]))["users.id"]).toBe(1);

  const [record] = (await recentRemovals(sql)).filter((removal) => removal.roomId === roomId);
  expect(record).toMatchObject({
    what: "ghost-room",
    counts: { messages: MESSAGES + 5, files: FILES, ghosts: 6 },
  });
  expect(Object.values(record!.counts).every(Number.isInteger)).toBe(true);
  await refusal(await ask(here(), `/api/rooms/${token}`), 410, "ROOM_EXPIRED");
});

async function bytesHolding(roomId: RoomId, words: string): Promise<number> {
  const folder = `${here().config.dataDir}/files/rooms/${roomId}`;
  let holding = 0;
  for (const { name } of Deno.readDirSync(folder)) {
    if ((await Deno.readTextFile(`${folder}/${name}`)).includes(words)) holding++;
  }
  return holding;
}
