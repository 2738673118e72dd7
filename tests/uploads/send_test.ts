/** A file on its way into a room. */
import { expect } from "expect";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import type { BegunUpload } from "../../lib/uploads/begin.ts";
import { member } from "../support/member.ts";
import { parleyForFile, startParley } from "../support/node.ts";
import { bytesOf, jpeg } from "../support/pictures.ts";
import { ghostIn, ghostRoom } from "../support/rooms.ts";
import { dataOf, guest, refusal, roomOf } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { act } from "../rooms/slug.ts";
import {
  begin,
  cancel,
  fetchFile,
  finish,
  onDisk,
  put,
  roomWith,
  send,
  sendForm,
  sendOk,
  sent,
} from "./people.ts";
import { held } from "../support/held.ts";

const parley = parleyForFile();
const here = () => parley().node;
const TEXT = bytesOf("Notes of the book club\n");
const MIB = 1024 * 1024;
const GONE = "This upload is not waited for any more. Send the file again.";

Deno.test("a file is announced, sent and finished, and is then there for a message", async () => {
  const { room, owner } = await roomWith(here());
  const begun = await begin(here(), owner, {
    roomId: room.id,
    name: "notes.md",
    size: TEXT.length,
    type: "text/html",
  });
  expect(begun.status).toBe(201);
  const { id, uploadUrl, expiresAt } = await dataOf<BegunUpload>(begun);
  expect(uploadUrl).toBe(`/api/upload/${id}`);
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(59 * 60_000);
  expect(await dataOf(await put(here(), owner, id, TEXT))).toBe(null);
  const file = await dataOf<Attachment>(await finish(here(), owner, id));
  const url = `/files/rooms/${room.id}/${id}`;
  expect(file).toEqual({ id, name: "notes.md", type: "text/plain", size: TEXT.length, url });
  expect((await fetchFile(here(), owner, url)).bytes).toEqual(TEXT);
  expect(onDisk(here(), room.id)).toHaveLength(1);
});

Deno.test("a small file goes in one form, as a page without scripts or a program sends it", async () => {
  const { room, owner } = await roomWith(here());
  const response = await sendForm(here(), owner, room.id, TEXT, "notes.md");
  expect(response.status).toBe(201);
  expect(await dataOf(response)).toMatchObject({ name: "notes.md", type: "text/plain", size: TEXT.length });
  const form = new FormData();
  for (const [name, value] of [["roomId", room.id], ["csrf", await owner.csrf()]]) form.set(name!, value!);
  form.set("file", new File([TEXT], "by-page.txt"));
  const byPage = await owner.fetch("/api/upload", { method: "POST", body: form });
  expect(await dataOf(byPage)).toMatchObject({ name: "by-page.txt" });
});

Deno.test("by cookie each step takes the page's token, and other sites' pages cannot send", async () => {
  const { room, owner } = await roomWith(here());
  const csrf = { "x-csrf-token": await owner.csrf() };
  const json = { ...csrf, "content-type": "application/json" };
  const body = JSON.stringify({ roomId: room.id, name: "a", size: TEXT.length });
  const { uploadUrl } = await dataOf<BegunUpload>(
    await owner.fetch("/api/upload/begin", { method: "POST", body, headers: json }),
  );
  await refusal(await owner.fetch(uploadUrl, { method: "PUT", body: TEXT }), 403, "CSRF_FAILED");
  const foreign = { ...csrf, origin: "https://evil.example" };
  await refusal(
    await owner.fetch(uploadUrl, { method: "PUT", body: TEXT, headers: foreign }),
    403,
    "ORIGIN_NOT_ALLOWED",
  );
  await dataOf(await owner.fetch(uploadUrl, { method: "PUT", body: TEXT, headers: csrf }));
  await dataOf(await owner.fetch(`${uploadUrl}/finish`, { method: "POST", body: "{}", headers: json }));
});

Deno.test("guests, strangers and people from outside send nothing, and are told why", async () => {
  const { room, owner } = await roomWith(here());
  const visitor = await guest(here());
  const { id: lounge } = await roomOf(here());
  const words = await refusal(await begin(here(), visitor, { roomId: lounge, size: 9 }), 403, "FORBIDDEN");
  expect(words.message).toBe("Sending files takes an account. Guests can make theirs into one.");
  await refusal(await begin(here(), null, { roomId: lounge, size: 9 }), 401, "INVALID_SESSION");
  const outsider = await member(here());
  await refusal(await begin(here(), outsider, { roomId: room.id, size: 9 }), 403, "NOT_A_MEMBER");
  await refusal(await sendForm(here(), outsider, room.id, TEXT), 403, "NOT_A_MEMBER");
  await refusal(await begin(here(), owner, { roomId: "999999", size: 9 }), 404, "ROOM_NOT_FOUND");
  // Anybody's account does in a lounge.
  await dataOf(await begin(here(), outsider, { roomId: lounge, size: 9 }));
});

Deno.test("a ghost sends into the room they are in, by its token", async () => {
  const room = await ghostRoom(here());
  const ghost = await ghostIn(here(), room, "Spook");
  const { id } = await dataOf<BegunUpload>(
    await begin(here(), ghost, { roomToken: room.token, name: "boo.txt", size: TEXT.length }),
  );
  await dataOf(await put(here(), ghost, id, TEXT));
  const file = await dataOf<Attachment>(await finish(here(), ghost, id));
  expect(file).toMatchObject({ name: "boo.txt", type: "text/plain" });
  expect((await fetchFile(here(), ghost, `/api/rooms/${room.token}/files/${id}`)).bytes).toEqual(TEXT);
});

Deno.test("nobody touches another's upload", async () => {
  const { room, owner, people: [other] } = await roomWith(here(), {});
  const id = await sent(here(), owner, room.id, TEXT);
  expect((await refusal(await put(here(), other!, id, TEXT), 404, "NOT_FOUND")).message).toBe(GONE);
  await refusal(await finish(here(), other!, id), 404, "NOT_FOUND");
  await dataOf(await cancel(here(), other!, id));
  await dataOf(await finish(here(), owner, id));
  await refusal(await finish(here(), other!, id), 404, "NOT_FOUND");
});

Deno.test("what is announced wrongly is refused, naming the field", async (test) => {
  const { room, owner } = await roomWith(here());
  const cases: [body: Parameters<typeof begin>[2], field: string][] = [
    [{ size: 9 }, "roomId"],
    [{ roomId: room.id, roomToken: "ghost-xxxxxxxx", size: 9 }, "roomId"],
    [{ roomId: room.id }, "size"],
    [{ roomId: room.id, size: -1 }, "size"],
    [{ roomId: room.id, size: 1.5 }, "size"],
    [{ roomId: room.id, size: 0 }, "file"],
    [{ roomId: room.id, size: 9, name: "x".repeat(1001) }, "name"],
  ];
  for (const [body, field] of cases) {
    await test.step(JSON.stringify(body).slice(0, 60), async () => {
      const { fields } = await refusal(await begin(here(), owner, body), 400, "VALIDATION_FAILED");
      expect(Object.keys(fields!)).toEqual([field]);
    });
  }
  const none = new FormData();
  none.set("roomId", room.id);
  const headers = { authorization: `Bearer ${owner.accessToken}` };
  const bare = await fetch(`${here().origin}/api/upload`, { method: "POST", body: none, headers });
  expect((await refusal(bare, 400, "VALIDATION_FAILED")).fields).toEqual({ file: "Choose a file first." });
  await refusal(await sendForm(here(), owner, room.id, bytesOf("")), 400, "VALIDATION_FAILED");
});

Deno.test("exactly as many bytes are taken as were announced", async () => {
  const { room, owner } = await roomWith(here());
  const { id } = await dataOf<BegunUpload>(await begin(here(), owner, { roomId: room.id, size: 10 }));
  const fewer = await refusal(await put(here(), owner, id, bytesOf("123456789")), 400, "BAD_REQUEST");
  expect(fewer.message).toBe("That file did not arrive whole. Send it again.");
  await refusal(await put(here(), owner, id, bytesOf("12345678901")), 413, "PAYLOAD_TOO_LARGE");
  // A stream says nothing of its length beforehand.
  const stream = (text: string) => new Blob([text]).stream();
  await refusal(await put(here(), owner, id, stream("123456789")), 400, "BAD_REQUEST");
  await refusal(await put(here(), owner, id, stream("12345678901")), 413, "PAYLOAD_TOO_LARGE");
  expect(onDisk(here(), room.id)).toEqual([]);
  const early = await refusal(await finish(here(), owner, id), 400, "BAD_REQUEST");
  expect(early.message).toBe("The bytes of this file have not come yet. Send them first.");
  await dataOf(await put(here(), owner, id, stream("1234567890")));
  await dataOf(await finish(here(), owner, id));
});

Deno.test("sent again, the new bytes count, and nothing stays of the others", async () => {
  const { room, owner } = await roomWith(here());
  const id = await sent(here(), owner, room.id, bytesOf("first"));
  await dataOf(await put(here(), owner, id, bytesOf("again")));
  const { url } = await dataOf<Attachment>(await finish(here(), owner, id));
  expect((await fetchFile(here(), owner, url)).bytes).toEqual(bytesOf("again"));
  expect(onDisk(here(), room.id)).toHaveLength(1);
  // Once it is a file, nothing changes it any more.
  await refusal(await put(here(), owner, id, bytesOf("later")), 404, "NOT_FOUND");
});

Deno.test("10 MB are taken and one byte more is not, and memory does not grow with what is sent", async () => {
  const { room, owner } = await roomWith(here());
  const over = await refusal(
    await begin(here(), owner, { roomId: room.id, size: 10 * MIB + 1 }),
    413,
    "PAYLOAD_TOO_LARGE",
  );
  expect(over.message).toBe("That file is too large: at most 10 MB.");
  const { id } = await dataOf<BegunUpload>(await begin(here(), owner, { roomId: room.id, size: 10 * MIB }));
  let pieces = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => void (pieces++, controller.enqueue(new Uint8Array(MIB))),
  }, { highWaterMark: 0 });
  const before = held();
  const refused = await put(here(), owner, id, endless).then(
    async (response) => (await response.body?.cancel(), response.status),
    () => "cut off",
  );
  expect([413, "cut off"]).toContain(refused);
  expect(pieces).toBeLessThan(40);
  expect(held() - before).toBeLessThan(60 * MIB);
  expect(onDisk(here(), room.id)).toEqual([]);
  await dataOf(await put(here(), owner, id, new Uint8Array(10 * MIB)));
  expect(await dataOf(await finish(here(), owner, id))).toMatchObject({ size: 10 * MIB });
  const form = await sendForm(here(), owner, room.id, new Uint8Array(10 * MIB + 1));
  expect((await refusal(form, 413, "PAYLOAD_TOO_LARGE")).message).toBe(
    "That file is too large: at most 10 MB.",
  );
});

Deno.test("the operator's bound holds in place of ours", async () => {
  await using small = await startParley({ env: { MAX_FILE_SIZE_MB: "1" } });
  const { room, owner } = await roomWith(small.node);
  await dataOf(await begin(small.node, owner, { roomId: room.id, size: MIB }));
  const { message } = await refusal(
    await begin(small.node, owner, { roomId: room.id, size: MIB + 1 }),
    413,
    "PAYLOAD_TOO_LARGE",
  );
  expect(message).toBe("That file is too large: at most 1 MB.");
  await refusal(
    await sendForm(small.node, owner, room.id, new Uint8Array(MIB + 100)),
    413,
    "PAYLOAD_TOO_LARGE",
  );
});

Deno.test("nothing stays of a file whose sender goes away midway, and they can send it again", async () => {
  const { room, owner } = await roomWith(here());
  const { id } = await dataOf<BegunUpload>(await begin(here(), owner, { roomId: room.id, size: 5 * MIB }));
  const leaving = new AbortController();
  let pieces = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (++pieces <= 3) return controller.enqueue(new Uint8Array(MIB));
      await until("some of it on the disk", () => onDisk(here(), room.id).length > 0);
      leaving.abort();
    },
  }, { highWaterMark: 0 });
  await expect(put(here(), owner, id, body, { signal: leaving.signal })).rejects.toThrow();
  await until("none of it on the disk", () => onDisk(here(), room.id).length === 0);
  await dataOf(await put(here(), owner, id, new Uint8Array(5 * MIB)));
  await dataOf(await finish(here(), owner, id));
});

Deno.test("a file that is taken back leaves nothing, wherever it is on its way", async () => {
  const { room, owner } = await roomWith(here());
  const received = await sent(here(), owner, room.id, TEXT);
  await dataOf(await cancel(here(), owner, received));
  expect(onDisk(here(), room.id)).toEqual([]);
  expect((await refusal(await finish(here(), owner, received), 404, "NOT_FOUND")).message).toBe(GONE);
  // Harmless twice, and for what never was.
  for (const id of [received, crypto.randomUUID(), "nonsense"]) await dataOf(await cancel(here(), owner, id));

  const { id } = await dataOf<BegunUpload>(await begin(here(), owner, { roomId: room.id, size: 2 * MIB }));
  const halfway = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(new Uint8Array(MIB));
      await halfway.promise;
      controller.enqueue(new Uint8Array(MIB));
      controller.close();
    },
  });
  const putting = put(here(), owner, id, body);
  await until("some of it on the disk", () => onDisk(here(), room.id).length > 0);
  await dataOf(await cancel(here(), owner, id));
  halfway.resolve();
  expect((await refusal(await putting, 404, "NOT_FOUND")).message).toBe(GONE);
  expect(onDisk(here(), room.id)).toEqual([]);
  const rows = await parley().database.sql`select 1 from uploads where room_id = ${room.id}`;
  expect(rows).toHaveLength(0);
});

Deno.test("who finishes ten times at once gets one file, made once", async () => {
  const { room, owner } = await roomWith(here());
  const id = await sent(here(), owner, room.id, await jpeg(900, 600), "a.jpg");
  const answers = await Promise.all(Array.from({ length: 10 }, () => finish(here(), owner, id)));
  const bodies = await Promise.all(
    answers.map(async (answer) => ({ status: answer.status, ...await answer.json() })),
  );
  const busy = bodies.filter(({ status }) => status === 409);
  for (const { error } of busy) {
    expect(error).toMatchObject({
      code: "UPLOAD_BUSY",
      retryAfter: 1,
      message: expect.stringContaining("Ask again"),
    });
  }
  const good = bodies.filter(({ status }) => status === 200);
  expect([good.length >= 1, good.length + busy.length]).toEqual([true, 10]);
  const again = await dataOf<Attachment>(await finish(here(), owner, id));
  for (const { data } of good) expect(data).toEqual(again);
  // The picture and its small copy.
  expect(onDisk(here(), room.id)).toHaveLength(2);
});

Deno.test("who loses the room loses their upload in it", async () => {
  const { room, owner, people: [leaver] } = await roomWith(here(), {});
  const id = await sent(here(), leaver!, room.id, TEXT);
  const { id: unsent } = await dataOf<BegunUpload>(
    await begin(here(), leaver!, { roomId: room.id, size: 5 }),
  );
  await dataOf(await act(here(), owner, room, "kick", { userId: leaver!.user.id }));
  await refusal(await put(here(), leaver!, unsent, bytesOf("12345")), 403, "NOT_A_MEMBER");
  await refusal(await finish(here(), leaver!, id), 403, "NOT_A_MEMBER");
  expect(onDisk(here(), room.id)).toEqual([]);
});

Deno.test("an archived room takes no files", async () => {
  const { room, owner } = await roomWith(here());
  const id = await sent(here(), owner, room.id, TEXT);
  await dataOf(await act(here(), owner, room, "archive", { archived: true }));
  await refusal(await begin(here(), owner, { roomId: room.id, size: 5 }), 410, "ROOM_INACTIVE");
  await refusal(await finish(here(), owner, id), 410, "ROOM_INACTIVE");
});

Deno.test("a store that fails costs the sender nothing but another try", async () => {
  const { room, owner } = await roomWith(here());
  const { services } = here();
  const { putStream, open } = services.storage;
  parley().expectErrors(/^(a request failed|request)$/);
  const { id } = await dataOf<BegunUpload>(
    await begin(here(), owner, { roomId: room.id, size: TEXT.length }),
  );
  try {
    services.storage.putStream = () => Promise.reject(new Error("disk full"));
    await refusal(await put(here(), owner, id, TEXT), 500, "INTERNAL");
    services.storage.putStream = putStream;
    await dataOf(await put(here(), owner, id, TEXT));
    services.storage.open = () => Promise.reject(new Error("disk away"));
    await refusal(await finish(here(), owner, id), 500, "INTERNAL");
  } finally {
    Object.assign(services.storage, { putStream, open });
  }
  await dataOf(await finish(here(), owner, id));
});

Deno.test("twenty files go in a quarter of an hour, and one's files hold so much together", async () => {
  await using limited = await startParley({ env: { LIMITS_FACTOR: "1", USER_FILES_MB: "2" } });
  const { room, owner, people: [other] } = await roomWith(limited.node, {});
  await sendOk(limited.node, owner, room.id, new Uint8Array(MIB));
  // Announced counts as if it were there.
  const waiting = await dataOf<BegunUpload>(
    await begin(limited.node, owner, { roomId: room.id, size: MIB - 10 }),
  );
  const full = await refusal(
    await begin(limited.node, owner, { roomId: room.id, size: 11 }),
    413,
    "PAYLOAD_TOO_LARGE",
  );
  expect(full.message).toBe(
    "Your files hold 2 MB together, which is all there is. Delete messages with files: a day later there is room again.",
  );
  await dataOf(await cancel(limited.node, owner, waiting.id));
  // Of two that fit only one by one, one goes in.
  const both = await Promise.all(
    [1, 2].map(() => begin(limited.node, owner, { roomId: room.id, size: MIB })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([201, 413]);
  for (const answer of both) await answer.body?.cancel();
  // Another's files are another's affair.
  await dataOf(await begin(limited.node, other!, { roomId: room.id, size: MIB }));
  let last = 201;
  for (let tries = 0; tries < 20 && last !== 429; tries++) {
    const answer = await begin(limited.node, other!, { roomId: room.id, size: 5 });
    last = answer.status;
    if (last === 429) await refusal(answer, 429, "RATE_LIMIT_EXCEEDED");
    else await dataOf(answer);
  }
  expect(last).toBe(429);
});

Deno.test("uploads and what they are called are named by nothing but themselves", async () => {
  const { room, owner } = await roomWith(here());
  for (const id of ["1", "..%2f..%2fetc", crypto.randomUUID().toUpperCase(), crypto.randomUUID()]) {
    await refusal(await put(here(), owner, id, TEXT), 404, "NOT_FOUND");
    await refusal(await finish(here(), owner, id), 404, "NOT_FOUND");
  }
  const answer = await send(here(), owner, room.id as RoomId, TEXT, "../../../etc/\u202Ecod.exe");
  expect((await dataOf<Attachment>(answer)).name).toBe("cod.exe");
});
