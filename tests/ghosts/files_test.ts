import { expect } from "expect";
import { FILE_MAX_BYTES } from "../../lib/protocol/limits.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import { member } from "../support/member.ts";
import { parleyForFile, startParley } from "../support/node.ts";
import { dataOf, guest, refusal } from "../support/visitor.ts";
import {
  ask,
  connectGhost,
  encryptedRoom,
  expire,
  type Ghost,
  ghost,
  ghostRoom,
  idOf,
  SEALED,
  showFile,
  upload,
} from "./people.ts";

const parley = parleyForFile();
const here = () => parley().node;
const TEXT = new TextEncoder().encode("notes of a ghost");
const UPLOADED = { id: expect.stringMatching(/^[0-9a-f-]{36}$/), size: TEXT.length };

const fetchFile = (url: string, { sessionToken }: Pick<Ghost, "sessionToken">) =>
  ask(here(), url, { bearer: sessionToken });

async function inRoom(name = "Ann", wishes = {}): Promise<Ghost> {
  const { token } = await ghostRoom(here(), wishes);
  return await ghost(here(), token, name);
}

Deno.test("a file is taken, shown by a message and handed out as bytes to be saved", async () => {
  const ann = await inRoom();
  const response = await upload(here(), ann, TEXT, { name: "Nötes “1”.txt" });
  expect(response.status).toBe(201);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const file = await dataOf<Attachment>(response);
  const roomId = await idOf(here(), ann.roomToken);
  const url = `/files/rooms/${roomId}/${file.id}`;
  expect(file).toEqual({ ...UPLOADED, name: "Nötes “1”.txt", type: "text/plain", url });

  const socket = await connectGhost(here(), ann);
  await showFile(socket, file.id);
  const { message } = await socket.take("new_message");
  expect(message.attachments).toEqual([file]);
  await socket.close();

  const ben = await ghost(here(), ann.roomToken, "Ben");
  const byRoom = [roomId, ann.roomToken].map((room) => `/api/rooms/${room}/files/${file.id}`);
  for (const address of [url, ...byRoom]) {
    const answer = await fetchFile(address, ben);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition":
        "attachment; filename=\"N_tes _1_.txt\"; filename*=UTF-8''N%C3%B6tes%20%E2%80%9C1%E2%80%9D.txt",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(TEXT);
  }
});

Deno.test("of a file in an encrypted room neither name nor type is kept", async () => {
  const { token } = await encryptedRoom(here());
  const ann = await ghost(here(), token, "Ann");
  const file = await dataOf<Attachment>(await upload(here(), ann, TEXT, { name: "secret plan.pdf" }));
  expect(file).toMatchObject({ ...UPLOADED, name: "", type: "application/octet-stream" });
  const answer = await fetchFile(file.url, ann);
  expect(answer.headers.get("content-disposition")).toBe("attachment");
  await answer.body?.cancel();
  const [row] = await parley().database.sql`select * from files where id = ${file.id}`;
  expect(JSON.stringify(row)).not.toMatch(/plan|pdf|text/);
  const socket = await connectGhost(here(), ann);
  await showFile(socket, file.id, SEALED);
  await socket.close();
});

Deno.test("what a file calls itself is made fit to be shown", async (test) => {
  const ann = await inRoom();
  const names: [sent: string, type: string, name: string][] = [
    ["../../etc/passwd", "text/html; charset=utf-8", "passwd"],
    ["C:\\temp\\a.exe", "IMAGE/PNG", "a.exe"],
    ["photo\u202Egpj.exe", "x".repeat(200) + "/y", "photogpj.exe"],
    ["  ", "text/plain", "file"],
    ["ä".repeat(300), "", "ä".repeat(120)],
    ["عکس من.png", "image/png", "عکس من.png"],
  ];
  for (const [sent, type, name] of names) {
    await test.step(sent, async () => {
      const file = await dataOf<Attachment>(await upload(here(), ann, TEXT, { name: sent, type }));
      expect(file).toMatchObject({ name, type: "text/plain" });
      const answer = await fetchFile(file.url, ann);
      expect(answer.headers.get("content-type")).toBe("application/octet-stream");
      await answer.body?.cancel();
    });
  }
});

Deno.test("a sealed file is at most 10 MB and what sealing adds, and a room holds 100 MB", async () => {
  const ann = await ghost(here(), (await encryptedRoom(here())).token, "Ann");
  const most = new Uint8Array(FILE_MAX_BYTES + 64);
  const over = await upload(here(), ann, new Uint8Array(FILE_MAX_BYTES + 65));
  await refusal(over, 413, "PAYLOAD_TOO_LARGE");
  for (let count = 0; count < 9; count++) await dataOf(await upload(here(), ann, most));
  // Of two that fit only one by one, one goes in.
  const last = await Promise.all([
    upload(here(), ann, most),
    upload(here(), ann, new Uint8Array(FILE_MAX_BYTES - 600)),
  ]);
  const statuses = await Promise.all(last.map(async (response) => {
    await response.body?.cancel();
    return response.status;
  }));
  expect(statuses.filter((status) => status === 413).length).toBeGreaterThanOrEqual(1);
  const [row] = await parley().database.sql`
    select sum(size)::bigint as bytes from files where room_id = ${await idOf(here(), ann.roomToken)}`;
  expect(Number(row!.bytes)).toBeLessThanOrEqual(100 * 1024 * 1024);
});

Deno.test("a form is refused, naming the field, when something is missing", async () => {
  const ann = await inRoom();
  for (const bytes of [null, new Uint8Array()]) {
    const { fields } = await refusal(await upload(here(), ann, bytes), 400, "VALIDATION_FAILED");
    expect(Object.keys(fields!)).toEqual(["file"]);
  }
  const nowhere = await refusal(await upload(here(), ann, TEXT, { roomToken: "" }), 400, "VALIDATION_FAILED");
  expect(Object.keys(nowhere.fields!)).toEqual(["roomId"]);
  await refusal(
    await upload(here(), ann, TEXT, { roomToken: `ghost-${"x".repeat(22)}` }),
    404,
    "ROOM_NOT_FOUND",
  );
  const json = await ask(here(), "/api/upload", { method: "POST", body: {}, bearer: ann.sessionToken });
  await refusal(json, 400, "BAD_REQUEST");
});

Deno.test("only ghosts of the room put files into it, and get them", async () => {
  const ann = await inRoom();
  const file = await dataOf<Attachment>(await upload(here(), ann, TEXT));
  const stranger = await inRoom("Stranger");
  await refusal(await upload(here(), stranger, TEXT, { roomToken: ann.roomToken }), 403, "NOT_A_MEMBER");
  const address = `/api/rooms/${ann.roomToken}/files/${file.id}`;
  await refusal(await fetchFile(address, stranger), 403, "NOT_A_MEMBER");
  for (
    const [who, code] of [[await guest(here()), "FORBIDDEN"], [await member(here()), "NOT_A_MEMBER"]] as const
  ) {
    const as = { sessionToken: who.accessToken, roomToken: ann.roomToken };
    await refusal(await upload(here(), as, TEXT), 403, code);
    await refusal(await fetchFile(address, as), 403, "NOT_A_MEMBER");
  }
  const nobody = { sessionToken: "nobody", roomToken: ann.roomToken };
  await refusal(await upload(here(), nobody, TEXT), 401, "INVALID_SESSION");
  await refusal(await fetchFile(address, nobody), 401, "INVALID_SESSION");
});

Deno.test("a file is found in its own room only", async () => {
  const [ann, ben] = [await inRoom("Ann"), await inRoom("Ben")];
  const { id } = await dataOf<Attachment>(await upload(here(), ann, TEXT));
  const room = await idOf(here(), ben.roomToken);
  for (const name of [id, crypto.randomUUID(), "1", "..%2f..%2fsecrets.json", id.toUpperCase()]) {
    await refusal(await fetchFile(`/api/rooms/${room}/files/${name}`, ben), 404, "NOT_FOUND");
  }
  const socket = await connectGhost(here(), ben);
  const stolen = await socket.refused({
    ...{ type: "send_message", roomId: room, clientId: "s", body: "Mine now", attachments: [id] },
  });
  expect(stolen.code).toBe("NOT_FOUND");
  await socket.close();
});

Deno.test("a room that is over takes no file and gives none", async () => {
  const ann = await inRoom();
  const file = await dataOf<Attachment>(await upload(here(), ann, TEXT));
  await expire([here()], await idOf(here(), ann.roomToken));
  await refusal(await upload(here(), ann, TEXT), 410, "ROOM_EXPIRED");
  await refusal(await fetchFile(`/api/rooms/${ann.roomToken}/files/${file.id}`, ann), 410, "ROOM_EXPIRED");
});

Deno.test("files are limited by their sender", async () => {
  await using limited = await startParley({ env: { LIMITS_FACTOR: "1" } });
  const { token } = await ghostRoom(limited.node);
  const [ann, ben] = [await ghost(limited.node, token, "Ann"), await ghost(limited.node, token, "Ben")];
  for (let count = 0; count < 20; count++) await dataOf(await upload(limited.node, ann, TEXT));
  const { retryAfter } = await refusal(await upload(limited.node, ann, TEXT), 429, "RATE_LIMIT_EXCEEDED");
  expect(retryAfter).toBeGreaterThan(0);
  await dataOf(await upload(limited.node, ben, TEXT));
});

Deno.test("nothing stays of a file that could not be kept", async () => {
  const ann = await inRoom();
  const { services } = here();
  const { put } = services.storage;
  services.storage.put = () => Promise.reject(new Error("disk full"));
  parley().expectErrors(/^(a request failed|request)$/);
  try {
    await refusal(await upload(here(), ann, TEXT), 500, "INTERNAL");
  } finally {
    services.storage.put = put;
  }
  const rows = await parley().database.sql`
    select 1 from files where room_id = ${await idOf(here(), ann.roomToken)}`;
  expect(rows).toHaveLength(0);
});
