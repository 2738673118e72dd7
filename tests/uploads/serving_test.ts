/** Who gets a file, and how. */
import { expect } from "expect";
import type { Attachment } from "../../lib/protocol/types.ts";
import { signPass } from "../../lib/uploads/passes.ts";
import { member } from "../support/member.ts";
import { movableClock, parleyForFile, startParley } from "../support/node.ts";
import { bytesOf, jpeg } from "../support/pictures.ts";
import { dataOf, guest, refusal, roomOf, Visitor } from "../support/visitor.ts";
import { act } from "../rooms/slug.ts";
import { fetchFile, roomWith, sendOk, show, unshow } from "./people.ts";

const parley = parleyForFile({ nodes: 2 });
const here = () => parley().node;
const there = () => parley().nodes[1]!;
const LETTERS = bytesOf("abcdefghijklmnopqrstuvwxyz");
const REFUSED = [303, 401, 403, 404];

/** A room with a picture and a letter that a message shows. */
async function shown() {
  const made = await roomWith(here(), {});
  const { room, owner } = made;
  const picture = await sendOk(here(), owner, room.id, await jpeg(600, 400), "a.jpg");
  const letter = await sendOk(here(), owner, room.id, LETTERS, "letters.txt");
  const seqs = [await show(here(), owner, room.id, picture), await show(here(), owner, room.id, letter)];
  const paths = [picture.url, picture.thumbUrl!, letter.url, `/api/rooms/${room.id}/files/${letter.id}`];
  return { ...made, picture, letter, seqs, paths };
}

async function passFor({ url }: Attachment, who: Visitor): Promise<string> {
  const { status, headers } = await who.fetch(url);
  expect([status, headers.get("cache-control")]).toEqual([303, "no-store"]);
  return headers.get("location")!;
}

Deno.test("members get a room's files by their cookie, and nobody else gets anything", async () => {
  const { paths, people: [friend] } = await shown();
  for (const path of paths) {
    const { response } = await fetchFile(here(), friend!, path);
    expect([path, response.status]).toEqual([path, 200]);
    const byCookie = await friend!.fetch(path);
    expect([200, 303]).toContain(byCookie.status);
    await byCookie.body?.cancel();
  }
  for (const who of [null, await guest(here()), await member(here())]) {
    for (const path of paths) {
      const { response, bytes } = await fetchFile(here(), who, path, { accept: "image/*" });
      expect([path, REFUSED.includes(response.status)]).toEqual([path, true]);
      expect(new TextDecoder("latin1").decode(bytes)).not.toMatch(/abcdef|JFIF|WEBP/);
    }
  }
});

Deno.test("before a message shows a file its sender alone has it", async () => {
  const { room, owner, people: [friend] } = await roomWith(here(), {});
  const file = await sendOk(here(), owner, room.id, await jpeg(60, 40), "a.jpg");
  for (const path of [file.url, file.thumbUrl!]) {
    expect((await fetchFile(here(), owner, path)).response.status).toBe(200);
    expect((await fetchFile(here(), friend!, path)).response.status).toBe(404);
  }
  await show(here(), owner, room.id, file);
  expect((await fetchFile(here(), friend!, file.url)).response.status).toBe(200);
});

Deno.test("what everybody may read, everybody may see: a lounge's pictures, without coming in", async () => {
  const { id } = await roomOf(here());
  const owner = await member(here());
  const [picture, letter] = [
    await sendOk(here(), owner, id, await jpeg(60, 40), "a.jpg"),
    await sendOk(here(), owner, id, LETTERS, "a.txt"),
  ];
  for (const file of [picture, letter]) await show(here(), owner, id, file);
  const stranger = new Visitor(here());
  expect((await stranger.fetch(picture.thumbUrl!)).status).toBe(200);
  const got = await fetch(here().origin + await passFor(letter, stranger));
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(LETTERS);
});

Deno.test("who is sent out has no file any more within two seconds, on every isolate, nor by an old pass", async () => {
  const { room, owner, people: [leaver], paths, letter } = await shown();
  const pass = await passFor(letter, leaver!);
  for (const node of [here(), there()]) {
    for (const path of [...paths, pass]) {
      expect((await fetchFile(node, leaver!, path)).response.status).toBe(200);
    }
  }
  await dataOf(await act(here(), owner, room, "kick", { userId: leaver!.user.id }));
  const began = performance.now();
  for (const node of [here(), there()]) {
    for (const path of [...paths, pass]) {
      for (;;) {
        const { response } = await fetchFile(node, leaver!, path);
        if (response.status !== 200) break;
        expect(performance.now() - began).toBeLessThan(2_000);
      }
    }
  }
  // Those who stay keep theirs.
  expect((await fetchFile(there(), owner, paths[0]!)).response.status).toBe(200);
});

Deno.test("a deleted message's files are gone at once, for all", async () => {
  const { room, owner, picture, letter, seqs, paths } = await shown();
  const pass = await passFor(letter, owner);
  for (const seq of seqs) await unshow(here(), owner, room.id, seq);
  for (const node of [here(), there()]) {
    for (const path of [...paths, pass]) {
      const { response } = await fetchFile(node, owner, path);
      expect([path, response.status]).toEqual([path, 404]);
    }
  }
  // Nor does another message bring them back.
  await show(here(), owner, room.id, picture);
  expect((await fetchFile(here(), owner, picture.url)).response.status).toBe(404);
});

Deno.test("a file is found in its own room only", async () => {
  const [one, other] = [await shown(), await shown()];
  for (const { id } of [one.picture, one.letter]) {
    for (const path of [`/files/rooms/${other.room.id}/${id}`, `/api/rooms/${other.room.id}/files/${id}`]) {
      expect((await fetchFile(here(), other.owner, path)).response.status).toBe(404);
    }
  }
  for (const id of ["1", "..%2f..%2fkv.sqlite", one.picture.id.toUpperCase(), `${one.picture.id}.type`]) {
    expect((await fetchFile(here(), one.owner, `/files/rooms/${one.room.id}/${id}`)).response.status).toBe(
      404,
    );
  }
  expect((await fetchFile(here(), one.owner, `${one.letter.url}/thumb`)).response.status).toBe(404);
});

Deno.test("files to be saved come from an address that neither reads nor sets cookies", async () => {
  const { people: [friend], letter } = await shown();
  const pass = await passFor(letter, friend!);
  expect(pass).toMatch(/^\/files\/passes\/[\w-]+\.[\w-]{43}$/);
  const bare = await fetch(here().origin + pass);
  expect(bare.headers.get("set-cookie")).toBe(null);
  expect(bare.headers.get("content-disposition")).toBe(
    `attachment; filename="letters.txt"; filename*=UTF-8''letters.txt`,
  );
  expect(new Uint8Array(await bare.arrayBuffer())).toEqual(LETTERS);
});

Deno.test("a pass opens one file, for ten minutes, while its session lasts, and cannot be made", async () => {
  const clock = movableClock();
  await using other = await startParley({ clock });
  const { room, owner, people: [friend] } = await roomWith(other.node, {});
  const file = await sendOk(other.node, owner, room.id, LETTERS, "a.txt");
  await show(other.node, owner, room.id, file);
  const gone = async (path: string) => {
    const { response } = await fetchFile(other.node, null, path);
    expect([path, response.status]).toEqual([path, 404]);
  };
  const pass = await passFor(file, friend!);
  const [said, signature] = pass.split("/").at(-1)!.split(".");
  const words = new TextDecoder().decode(Uint8Array.fromBase64(said!, { alphabet: "base64url" }));
  const later = btoa(words.replace(/\d+\]$/, "9999999999999]"));
  for (
    const forged of [`${later}.${signature}`, `${said}.`, said!, `${said}.${"A".repeat(43)}`, "x.y", "!.!"]
  ) {
    await gone(`/files/passes/${forged}`);
  }
  // Of another server, with another secret.
  const foreign = await signPass(here().services, { roomId: room.id, fileId: file.id, sessionId: null });
  await gone(`/files/passes/${foreign}`);

  const early = await fetch(other.node.origin + pass);
  expect(early.status).toBe(200);
  await early.body?.cancel();
  const leaving = await passFor(file, friend!);
  await dataOf(await friend!.post("/api/auth/logout"));
  await gone(leaving);
  const aged = await passFor(file, owner);
  clock.advance(10 * 60_000 + 1);
  await gone(aged);
});

Deno.test("a part is given when a part is asked for, of pictures and of files", async () => {
  const { owner, letter, picture } = await shown();
  const whole = (await fetchFile(here(), owner, picture.url)).bytes;
  const cases: [range: string, status: number, text: string | null, where: string | null][] = [
    ["bytes=0-3", 206, "abcd", "bytes 0-3/26"],
    ["bytes=22-", 206, "wxyz", "bytes 22-25/26"],
    ["bytes=-2", 206, "yz", "bytes 24-25/26"],
    ["bytes=-99", 206, "abcdefghijklmnopqrstuvwxyz", "bytes 0-25/26"],
    ["bytes=20-999", 206, "uvwxyz", "bytes 20-25/26"],
    ["bytes=26-", 416, "", "bytes */26"],
    ["bytes=-0", 416, "", "bytes */26"],
    // What we do not understand, or several parts, get the whole.
    ["bytes=5-2", 200, null, null],
    ["bytes=0-1,3-4", 200, null, null],
    ["lines=1-2", 200, null, null],
  ];
  for (const [range, status, text, where] of cases) {
    const { response, bytes } = await fetchFile(here(), owner, letter.url, { range });
    expect([range, response.status, new TextDecoder().decode(bytes), response.headers.get("content-range")])
      .toEqual([
        ...[range, status, text ?? "abcdefghijklmnopqrstuvwxyz", where],
      ]);
    if (status !== 416) expect(response.headers.get("content-length")).toBe(String(bytes.length));
  }
  for (const path of [picture.url, picture.thumbUrl!]) {
    const { response, bytes } = await fetchFile(here(), owner, path, { range: "bytes=4-9" });
    expect([response.status, bytes.length]).toEqual([206, 6]);
  }
  expect((await fetchFile(here(), owner, picture.url, { range: "bytes=4-9" })).bytes).toEqual(
    whole.slice(4, 10),
  );
});

Deno.test("a picture that one has is not sent again, but asked for each time", async () => {
  const { owner, picture, people: [friend], room } = await shown();
  const { response } = await fetchFile(here(), friend!, picture.thumbUrl!);
  const etag = response.headers.get("etag")!;
  expect(response.headers.get("cache-control")).toBe("private, no-cache");
  const again = await fetchFile(here(), friend!, picture.thumbUrl!, { "if-none-match": etag });
  expect([again.response.status, again.bytes.length]).toEqual([304, 0]);
  const other = await fetchFile(here(), friend!, picture.thumbUrl!, { "if-none-match": '"another"' });
  expect(other.response.status).toBe(200);
  const stale = { range: "bytes=0-3", "if-range": '"another"' };
  expect((await fetchFile(here(), owner, picture.url, stale)).response.status).toBe(200);
  // Knowing its tag is no right to it.
  await dataOf(await act(here(), owner, room, "kick", { userId: friend!.user.id }));
  const refused = await fetchFile(here(), friend!, picture.thumbUrl!, { "if-none-match": etag });
  expect(refused.response.status).toBe(403);
});

Deno.test("the API gives the same bytes, and says in JSON why not", async () => {
  const { room, owner, letter } = await shown();
  const path = `/api/rooms/${room.id}/files/${letter.id}`;
  const { response, bytes } = await fetchFile(here(), owner, path);
  expect([response.headers.get("content-type"), bytes]).toEqual(["application/octet-stream", LETTERS]);
  const outsider = await member(here());
  await refusal(await outsider.fetch(path), 403, "NOT_A_MEMBER");
  await refusal(await new Visitor(here()).fetch(path), 401, "INVALID_SESSION");
});
