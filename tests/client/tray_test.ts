import { expect } from "expect";
import { Tray } from "../../lib/client/tray.ts";
import { Refusal } from "../../lib/client/refusal.ts";
import { FILE_MAX_BYTES } from "../../lib/protocol/limits.ts";
import type { Sending } from "../../lib/client/upload.ts";
import type { Attachment } from "../../lib/protocol/types.ts";
import { settled } from "./support.ts";

const fileOf = (name: string, size = 3) => new File([new Uint8Array(size)], name);

/** Sends that end when the test says so. */
function setup() {
  const sends: ({ name: string; sending: Sending } & PromiseWithResolvers<Attachment>)[] = [];
  const tray = new Tray({
    send(file, sending) {
      const door = Promise.withResolvers<Attachment>();
      sends.push({ name: file.name, sending, ...door });
      sending.signal?.addEventListener("abort", () => door.reject(new Refusal("DISCONNECTED", "Ended.")));
      return door.promise;
    },
  });
  const arrive = async (at: number) => {
    const { name, resolve } = sends[at]!;
    resolve({ id: `id-${at}`, name, type: "", size: 3, url: "/f" });
    await settled();
  };
  return { tray, sends, arrive, shown: () => tray.state.items.map(({ name, state }) => `${name} ${state}`) };
}

Deno.test("a message waits for its files, and they go with it once they are in the room", async () => {
  const { tray, sends, arrive, shown } = setup();
  expect(tray.phase).toBe("empty");
  tray.add([fileOf("a.png"), fileOf("b.pdf")]);
  sends[0]!.sending.onProgress?.(0.426);
  expect(tray.state.items[0]!.percent).toBe(42);
  await arrive(0);
  expect([tray.phase, tray.ready.map(({ id }) => id)]).toEqual(["sending", ["id-0"]]);
  await arrive(1);
  expect([tray.phase, shown()]).toEqual(["ready", ["a.png ready", "b.pdf ready"]]);
  tray.empty();
  expect([tray.ready, tray.state.items]).toEqual([[], []]);
});

Deno.test("a file that is taken back is not sent on, and holds nothing up", async () => {
  const { tray, sends, arrive, shown } = setup();
  tray.add([fileOf("a.png"), fileOf("b.pdf")]);
  tray.remove(tray.state.items[0]!.key);
  await settled();
  expect([sends[0]!.sending.signal?.aborted, shown()]).toEqual([true, ["b.pdf sending"]]);
  await arrive(1);
  expect(tray.phase).toBe("ready");
});

Deno.test("a file that did not get there says why, and keeps the message waiting until it is taken away", async () => {
  const { tray, sends, shown } = setup();
  tray.add([fileOf("a.png")]);
  sends[0]!.reject(new Refusal("RATE_LIMIT_EXCEEDED", "That was a little fast."));
  await settled();
  expect([shown(), tray.state.items[0]!.reason]).toEqual([["a.png failed"], "That was a little fast."]);
  expect([tray.phase, tray.ready]).toEqual(["failed", []]);
  tray.remove(tray.state.items[0]!.key);
  expect(tray.phase).toBe("empty");
});

Deno.test("a file that did not get there is sent again when that may help, and not when it is refused for what it is", async () => {
  const { tray, sends, arrive, shown } = setup();
  tray.add([fileOf("a.png"), fileOf("bomb.png")]);
  sends[0]!.reject(new Refusal("DISCONNECTED", "The server cannot be reached."));
  sends[1]!.reject(new Refusal("VALIDATION_FAILED", "That picture is damaged."));
  await settled();
  const [lost, refused] = tray.state.items;
  expect([lost!.again, refused!.again]).toEqual([true, false]);
  tray.retry(lost!.key);
  tray.retry(lost!.key);
  expect([sends.map(({ name }) => name), shown()]).toEqual([
    ["a.png", "bomb.png", "a.png"],
    ["a.png sending", "bomb.png failed"],
  ]);
  await arrive(2);
  tray.remove(refused!.key);
  expect([tray.phase, tray.ready.map(({ id }) => id)]).toEqual(["ready", ["id-2"]]);
});

Deno.test("a file too large or one too many is left out, and it says so", () => {
  const { tray, sends } = setup();
  tray.add([fileOf("big.zip", FILE_MAX_BYTES + 1), fileOf("a"), fileOf("b")]);
  expect(tray.state.notice).toMatch(/10 MB/);
  tray.add([fileOf("c"), fileOf("d"), fileOf("e")]);
  expect(tray.state.notice).toMatch(/4 files/);
  expect(sends.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
});
