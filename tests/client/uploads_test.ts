import { expect } from "expect";
import { Refusal } from "../../lib/client/refusal.ts";
import { droppedFiles, pastedFiles } from "../../lib/client/given_files.ts";
import { roomUploads } from "../../lib/client/uploads.ts";
import type { send, Sending } from "../../lib/client/upload.ts";
import type { RoomId } from "../../lib/protocol/ids.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import { HandClock, settled } from "./support.ts";

const ID = "0b0e7f6e-5b0a-4a7e-9b1e-1f6d0c9f2a11";
const FILE = new File(["hello"], "hello.txt");
const MADE: Attachment = { id: ID, name: "hello.txt", type: "text/plain", size: 5, url: "/f" };

type Answer = { data: unknown } | { code: string; status?: number; retryAfter?: number } | "lost";

/** A server that answers as it is told, and a transport that ends when the test says so. */
function setup(finishes: Answer[] = [{ data: MADE }]) {
  const [asked, tokens]: [string[], (string | undefined)[]] = [[], []];
  const clock = new HandClock();
  const fetch = (path: string, init: RequestInit = {}) => {
    asked.push(`${init.method} ${path}`);
    tokens.push((init.headers as Record<string, string>)["X-CSRF-Token"]);
    if (init.signal?.aborted) return Promise.reject(new Error("aborted"));
    const begun = { data: { id: ID, uploadUrl: `/api/upload/${ID}` } };
    const answer = path.endsWith("/begin")
      ? begun
      : path.endsWith("/finish")
      ? finishes.shift()!
      : { data: null };
    if (answer === "lost") return Promise.reject(new TypeError("no network"));
    if ("data" in answer) return Promise.resolve(Response.json({ success: true, ...answer }));
    const { status = 400, ...error } = answer;
    return Promise.resolve(
      Response.json({ success: false, error: { message: "No.", ...error } }, { status }),
    );
  };
  const sending = Promise.withResolvers<{ sending: Sending; done: PromiseWithResolvers<unknown> }>();
  const transport = ((path, body, headers, options, method) => {
    asked.push(`${method} ${path} ${(body as Blob).size}`);
    tokens.push(headers["X-CSRF-Token"]);
    const done = Promise.withResolvers<unknown>();
    options.signal?.addEventListener("abort", () => done.reject(new Refusal("DISCONNECTED", "Ended.")));
    sending.resolve({ sending: options, done });
    return done.promise;
  }) as typeof send;
  const uploads = roomUploads({ fetch, csrf: "token", roomId: "7" as RoomId, timers: clock, transport });
  return { uploads, asked, tokens, clock, sending: sending.promise };
}

Deno.test("a file is announced, sent and finished, with the page's token each time", async () => {
  const { uploads, asked, tokens, sending } = setup();
  const told: number[] = [];
  const sent = uploads.send(FILE, { onProgress: (done) => told.push(done) });
  const { sending: options, done } = await sending;
  options.onProgress?.(0.5);
  done.resolve(null);
  expect(await sent).toEqual(MADE);
  expect(told).toEqual([0.5]);
  expect(asked).toEqual([
    ...["POST /api/upload/begin", `PUT /api/upload/${ID} 5`, `POST /api/upload/${ID}/finish`],
  ]);
  expect(new Set(tokens)).toEqual(new Set(["token"]));
});

Deno.test("a lost answer to the last step is asked for again, for it may be done already", async () => {
  const { uploads, asked, clock, sending } = setup([
    "lost",
    { code: "UPLOAD_BUSY", status: 409, retryAfter: 3 },
    { data: MADE },
  ]);
  const sent = uploads.send(FILE, {});
  (await sending).done.resolve(null);
  await settled();
  expect(clock.waits).toEqual([1_000]);
  clock.advance(1_000);
  await settled();
  expect(clock.waits).toEqual([3_000]);
  clock.advance(3_000);
  expect(await sent).toEqual(MADE);
  expect(asked.filter((line) => line.endsWith("/finish"))).toHaveLength(3);
});

Deno.test("a refusal is told as it is, and the server need not wait for the rest", async () => {
  const { uploads, asked, sending } = setup([{ code: "VALIDATION_FAILED" }]);
  const sent = uploads.send(FILE, {});
  (await sending).done.resolve(null);
  await expect(sent).rejects.toMatchObject({ code: "VALIDATION_FAILED", message: "No." });
  expect(asked.at(-1)).toBe(`DELETE /api/upload/${ID}`);
});

Deno.test("a file that is taken back midway is taken back on the server too", async () => {
  const { uploads, asked, sending } = setup();
  const stop = new AbortController();
  const sent = uploads.send(FILE, { signal: stop.signal });
  await sending;
  stop.abort();
  await expect(sent).rejects.toMatchObject({ code: "DISCONNECTED" });
  await settled();
  expect(asked.at(-1)).toBe(`DELETE /api/upload/${ID}`);
  expect(asked.some((line) => line.endsWith("/finish"))).toBe(false);
});

/** As browsers hand it over. */
function transfer(names: string[], { text = "", folders = [] as string[] } = {}): DataTransfer {
  const files = names.map((name) => new File(["x"], name));
  const items = files.map((file) => ({
    kind: "file",
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isDirectory: folders.includes(file.name) }),
  }));
  return { files, items, getData: () => text } as unknown as DataTransfer;
}

const named = (files: File[]) => files.map(({ name }) => name);

Deno.test("pasted files are taken, and words that bring a picture along are words", () => {
  expect(named(pastedFiles(transfer(["a.png", "b.pdf"])))).toEqual(["a.png", "b.pdf"]);
  expect(named(pastedFiles(transfer(["image.png"])))).toEqual(["Pasted picture.png"]);
  expect(pastedFiles(transfer(["image.png"], { text: "1\t2\t3" }))).toEqual([]);
  // A file manager puts the names there too, or the paths.
  expect(named(pastedFiles(transfer(["a.png", "b.pdf"], { text: "/home/a.png\nb.pdf" })))).toEqual([
    "a.png",
    "b.pdf",
  ]);
  expect(pastedFiles(transfer([], { text: "words" }))).toEqual([]);
  expect(pastedFiles(null)).toEqual([]);
});

Deno.test("dropped files are taken, and folders are not", () => {
  expect(named(droppedFiles(transfer(["a.png", "photos", "b.pdf"], { folders: ["photos"] })))).toEqual([
    "a.png",
    "b.pdf",
  ]);
  expect(droppedFiles(null)).toEqual([]);
});
