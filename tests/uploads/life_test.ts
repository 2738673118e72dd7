/** How long files stay, and where. */
import { expect } from "expect";
import { admit } from "../../lib/auth/sign_in.ts";
import { accessFilesToAttach } from "../../lib/uploads/access.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import { purgeRoom } from "../../lib/rooms/ghosts/purge.ts";
import type { BegunUpload } from "../../lib/uploads/begin.ts";
import { removeStaleUploads, removeUnheldFiles } from "../../lib/uploads/stale.ts";
import { movableClock, startParley } from "../support/node.ts";
import { bytesOf, jpeg } from "../support/pictures.ts";
import { ghostIn, ghostRoom } from "../support/rooms.ts";
import { startS3 } from "../support/s3.ts";
import { dataOf } from "../support/visitor.ts";
import { begin, fetchFile, finish, onDisk, put, roomWith, sendOk, sent, show, unshow } from "./people.ts";

const HOUR = 60 * 60_000;
const TEXT = bytesOf("Notes of the book club\n");

Deno.test("files that no message holds, and those of deleted messages, go after a day; those that one holds stay", async () => {
  const clock = movableClock();
  await using parley = await startParley({ clock });
  const { node } = parley;
  const { room, owner } = await roomWith(node);
  const picture = () => jpeg(60, 40);
  const held = await sendOk(node, owner, room.id, await picture(), "held.jpg");
  await show(node, owner, room.id, held);
  const deleted = await sendOk(node, owner, room.id, await picture(), "deleted.jpg");
  await unshow(node, owner, room.id, await show(node, owner, room.id, deleted));
  await sendOk(node, owner, room.id, await picture(), "forgotten.jpg");
  expect(onDisk(node, room.id)).toHaveLength(6);
  clock.advance(23 * HOUR);
  expect(await removeUnheldFiles(node.services)).toBe(0);
  clock.advance(HOUR + 60_000);
  expect(await removeUnheldFiles(node.services)).toBe(2);
  expect(onDisk(node, room.id)).toHaveLength(2);
  const left = await parley.database.sql`select name from files where room_id = ${room.id}`;
  expect(left).toEqual([{ name: "held.jpg" }]);
  expect(await removeUnheldFiles(node.services)).toBe(0);
});

Deno.test("uploads that are not finished within an hour are forgotten, bytes and all", async () => {
  await using parley = await startParley();
  const { node, database: { sql } } = parley;
  const { room, owner } = await roomWith(node);
  const old = await sent(node, owner, room.id, TEXT);
  await dataOf(await begin(node, owner, { roomId: room.id, size: 9 }));
  await sql`update uploads set created_at = created_at - interval '59 minutes'`;
  expect(await removeStaleUploads(node.services)).toBe(0);
  await sql`update uploads set created_at = created_at - interval '2 minutes'`;
  const young = await sent(node, owner, room.id, TEXT);
  expect(await removeStaleUploads(node.services)).toBe(2);
  expect(onDisk(node, room.id)).toHaveLength(1);
  expect((await finish(node, owner, old)).status).toBe(404);
  await dataOf(await finish(node, owner, young));
});

Deno.test("a message takes files of its author's, of its room, that no other shows, and that are not about to go", async () => {
  const clock = movableClock();
  await using parley = await startParley({ clock });
  const { node } = parley;
  const { room, owner, people: [other] } = await roomWith(node, {});
  const { room: elsewhere, owner: otherOwner } = await roomWith(node);
  const attach = (who: typeof owner, ids: string[], where = room) =>
    accessFilesToAttach(node.services, who.user, where, ids);
  const [one, two] = [
    await sendOk(node, owner, room.id, await jpeg(60, 40), "a.jpg"),
    await sendOk(node, owner, room.id, TEXT, "b.txt"),
  ];
  expect(await attach(owner, [two.id, one.id, two.id])).toEqual([two, one]);
  const refused = { code: "NOT_FOUND", message: "A file of this message is not there. Attach it again." };
  await expect(attach(other!, [one.id])).rejects.toMatchObject(refused);
  await expect(attach(otherOwner, [one.id], elsewhere)).rejects.toMatchObject(refused);
  await expect(attach(owner, [one.id], elsewhere)).rejects.toMatchObject(refused);
  await expect(attach(owner, [crypto.randomUUID()])).rejects.toMatchObject(refused);
  const seq = await show(node, owner, room.id, one);
  await expect(attach(owner, [one.id])).rejects.toMatchObject(refused);
  await unshow(node, owner, room.id, seq);
  await expect(attach(owner, [one.id])).rejects.toMatchObject(refused);
  clock.advance(22.9 * HOUR);
  expect(await attach(owner, [two.id])).toEqual([two]);
  clock.advance(0.2 * HOUR);
  await expect(attach(owner, [two.id])).rejects.toMatchObject(refused);
});

Deno.test("a person's quota is free again when their files are gone", async () => {
  const clock = movableClock();
  await using parley = await startParley({ clock, env: { USER_FILES_MB: "1" } });
  const { node } = parley;
  const { room, owner } = await roomWith(node);
  await sendOk(node, owner, room.id, new Uint8Array(1024 * 1024));
  expect((await begin(node, owner, { roomId: room.id, size: 1 })).status).toBe(413);
  clock.advance(25 * HOUR);
  await removeUnheldFiles(node.services);
  // A day is longer than an access token.
  const { credentials } = await admit(
    node.services,
    owner.user,
    { userAgent: "", address: "127.0.0.1" },
    false,
  );
  await dataOf(await begin(node, credentials, { roomId: room.id, size: 1 }));
});

Deno.test("what a ghost was still sending is gone with their room", async () => {
  await using parley = await startParley();
  const { node, database: { sql } } = parley;
  const room = await ghostRoom(node);
  const ghost = await ghostIn(node, room, "Spook");
  const { id } = await dataOf<BegunUpload>(
    await begin(node, ghost, { roomToken: room.token, name: "secret plan.txt", size: TEXT.length }),
  );
  await dataOf(await put(node, ghost, id, TEXT));
  const [{ id: roomId }] = await sql<[{ id: RoomId }]>`select id from rooms where kind = 'ghost'`;
  expect(onDisk(node, roomId)).toHaveLength(1);
  await sql`update rooms set ends_at = clock_timestamp() - interval '10 s' where id = ${roomId}`;
  node.services.rooms.forget(roomId);
  expect((await finish(node, ghost, id)).status).toBe(410);
  await purgeRoom({ services: node.services, signal: new AbortController().signal }, roomId);
  expect(onDisk(node, roomId)).toEqual([]);
  expect(await sql`select 1 from uploads`).toHaveLength(0);
});

Deno.test("all files go through any S3-compatible store: pictures, portraits, exports", async () => {
  await using stand = startS3();
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = stand.settings;
  const env = {
    ...{ S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region },
    ...{ S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey },
  };
  await using parley = await startParley({ env });
  const { node } = parley;
  const { room, owner } = await roomWith(node);
  const picture = await sendOk(node, owner, room.id, await jpeg(600, 400), "a.jpg");
  const letter = await sendOk(node, owner, room.id, TEXT, "a.txt");
  expect((await fetchFile(node, owner, picture.url)).bytes.length).toBe(picture.size);
  expect((await fetchFile(node, owner, letter.url, { range: "bytes=0-4" })).bytes).toEqual(TEXT.slice(0, 5));
  expect([...stand.objects.keys()].every((key) => key.startsWith(`rooms/${room.id}/`))).toBe(true);
  expect(stand.objects.size).toBe(3);

  const form = new FormData();
  form.set("avatar", new File([await jpeg()], "me.jpg"));
  const csrf = { "x-csrf-token": await owner.csrf() };
  const { avatar } = await dataOf<{ avatar: string }>(
    await owner.fetch("/api/me/avatar", { method: "POST", body: form, headers: csrf }),
  );
  expect((await fetch(node.origin + avatar)).status).toBe(200);
  await node.services.storage.put("exports/1.zip", TEXT, "application/zip");
  expect([...stand.objects.keys()].map((key) => key.split("/")[0]).sort()).toEqual([
    ...["avatars", "avatars", "exports", "rooms", "rooms", "rooms"],
  ]);
  expect(onDisk(node, room.id)).toEqual([]);
  await node.services.storage.removeFolder(`rooms/${room.id}`);
  expect((await fetchFile(node, owner, picture.url)).response.status).toBe(404);
  expect(stand.refused).toEqual([]);
});
