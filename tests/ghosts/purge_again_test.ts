/** The removal of a ghost room, when something comes between. */
import { expect } from "expect";
import { recentRemovals } from "../../db/queries/removals.ts";
import type { RoomId, UserId } from "../../lib/protocol/ids.ts";
import { addFile } from "../../lib/uploads/add.ts";
import { purgeOverdue, purgeRoom } from "../../lib/rooms/ghosts/purge.ts";
import type { Services } from "../../lib/services.ts";
import { parleyForFile } from "../support/node.ts";
import { roomOf } from "../support/visitor.ts";
import { putFile, say, sealedRoom } from "./insiders.ts";
import { connectGhost, expire, ghost, ghostRoom, idOf } from "./people.ts";
import { emptied, filesOf, LEFT, type People, peopleOf, remainsAtLast, remainsOf } from "./remains.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;

/** A room that is over, with some messages and files, whose own job has not come. */
async function overdue(
  files: number,
): Promise<{ roomId: RoomId; people: People }> {
  const { token, insiders } = await sealedRoom(parley(), ["Ann", "Ben"]);
  for (let index = 0; index < files; index++) {
    await say(insiders[0]!, "A file", [(await putFile(here(), insiders[0]!, `page ${index}`)).id]);
  }
  for (const { socket } of insiders) await socket.close();
  const roomId = await idOf(here(), token);
  const people = await peopleOf(parley(), roomId);
  await expire(parley().nodes, roomId, 10);
  return { roomId, people };
}

const work = (services: Services) => ({ services, signal: new AbortController().signal });

Deno.test("the removal goes on where it stopped, and counts each thing once, when the store fails on the 7th file", async () => {
  const { services } = here();
  const { roomId, people } = await overdue(12);
  let removed = 0;
  const storage = {
    ...services.storage,
    remove: (key: string) =>
      ++removed === 7 ? Promise.reject(new Error("disk on fire")) : services.storage.remove(key),
  };
  await expect(purgeRoom(work({ ...services, storage }), roomId)).rejects.toThrow("disk on fire");
  const between = await remainsOf(parley(), roomId, people);
  // Rows that name what is gone are there still: nothing is lost from sight.
  expect(between).toMatchObject({
    "files.room_id": 12,
    "folder: files": 12,
    "messages.room_id": 12,
    "users.home_room": 2,
  });
  // From the first step on the room is closed.
  const [room] = await parley().database.sql`select closed_at from rooms where id = ${roomId}`;
  expect(room!.closed_at).not.toBe(null);

  expect((await purgeOverdue(work(services))).rooms).toBeGreaterThanOrEqual(1);
  const after = await remainsAtLast(parley(), roomId, people, between);
  expect({ ...emptied(between), ...after }).toEqual(emptied(between));
  const records = (await recentRemovals(services.sql)).filter((removal) => removal.roomId === roomId);
  expect(records.map(({ counts }) => counts)).toMatchObject([{ files: 12, messages: 12, ghosts: 2 }]);
  await purgeRoom(work(services), roomId);
  expect((await recentRemovals(services.sql)).filter((removal) => removal.roomId === roomId)).toEqual(
    records,
  );
});

Deno.test("the removal stops between two steps when its isolate ends, and another finishes it", async () => {
  const { services } = here();
  const { roomId, people } = await overdue(2);
  const ending = new AbortController();
  const storage = {
    ...services.storage,
    async removeFolder(folder: string) {
      await services.storage.removeFolder(folder);
      ending.abort();
    },
  };
  await expect(purgeRoom({ services: { ...services, storage }, signal: ending.signal }, roomId)).rejects
    .toThrow();
  expect(await remainsOf(parley(), roomId, people)).toMatchObject({
    "files.room_id": 0,
    "folder": 0,
    "messages.room_id": 2,
  });
  await purgeRoom(work(parley().nodes[1]!.services), roomId);
  expect(await remainsOf(parley(), roomId, people)).toMatchObject({
    ...LEFT,
    "messages.room_id": 0,
    "users.home_room": 0,
  });
});

Deno.test("two who remove the same room at once do no harm, and count each thing once", async () => {
  const { roomId, people } = await overdue(3);
  await Promise.all(
    [...parley().nodes, ...parley().nodes].map(({ services }) => purgeRoom(work(services), roomId)),
  );
  expect(await remainsOf(parley(), roomId, people)).toMatchObject({
    ...LEFT,
    "messages.room_id": 0,
    "users.home_room": 0,
  });
  const [record] = (await recentRemovals(here().services.sql)).filter((removal) => removal.roomId === roomId);
  expect(record!.counts).toMatchObject({ messages: 3, files: 3, ghosts: 2, sessions: 2, memberships: 2 });
});

Deno.test("a room that is not over is left alone", async () => {
  const { token } = await ghostRoom(here());
  await ghost(here(), token, "Alive");
  await purgeRoom(work(here().services), await idOf(here(), token));
  await purgeOverdue(work(here().services));
  await ghost(here(), token, "And well");
  const { id } = await roomOf(here());
  await purgeRoom(work(here().services), id);
  await roomOf(here());
});

Deno.test("a file that was being written when its room ended does not stay", async () => {
  const { services } = here();
  const { token } = await ghostRoom(here());
  const who = await ghost(here(), token, "Late");
  const roomId = await idOf(here(), token);
  const storage = {
    ...services.storage,
    async put(key: string, bytes: Uint8Array, type: string) {
      await expire(parley().nodes, roomId, 10);
      await purgeRoom(work(services), roomId);
      await services.storage.put(key, bytes, type);
    },
  };
  const [user] = await services.sql<{ id: UserId }[]>`select id from users where home_room = ${roomId}`;
  const viewer = {
    id: user!.id,
    name: who.nickname,
    tier: "ghost",
    ageCategory: "_18PLUS",
    role: "USER",
    room: roomId,
  };
  const sent = { name: "a", type: "text/plain", bytes: new Uint8Array(8) };
  const adding = addFile({ ...services, storage }, viewer as Parameters<typeof addFile>[1], roomId, sent);
  await expect(adding).rejects.toMatchObject({ code: "ROOM_EXPIRED" });
  expect(filesOf(here(), roomId)["folder: files"]).toBe(0);
});

Deno.test("a message that comes when its room is over is not kept, whatever the isolate believes", async () => {
  const { token } = await ghostRoom(here());
  const socket = await connectGhost(here(), await ghost(here(), token, "Late"));
  await parley().database.sql`
    update rooms set ends_at = clock_timestamp() - interval '1 s' where id = ${socket.roomId}`;
  const refused = await socket.refused({
    ...{ type: "send_message", roomId: socket.roomId, clientId: "late", body: "One more thing" },
  });
  expect(["ROOM_INACTIVE", "ROOM_EXPIRED"]).toContain(refused.code);
  await socket.close();
});
