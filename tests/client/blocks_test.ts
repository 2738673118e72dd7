import { expect } from "expect";
import { writeCall } from "../../lib/client/api.ts";
import { Blocks } from "../../lib/client/blocks.ts";
import { Refusal } from "../../lib/client/refusal.ts";
import type { UserId } from "../../lib/protocol/ids.ts";

const [ANN, BEN] = ["2" as UserId, "3" as UserId];

/** A list whose server answers when the test says so. */
function listOf(...ids: UserId[]) {
  const asked: string[] = [];
  const answers: PromiseWithResolvers<void>[] = [];
  let served: UserId[] = ids;
  const blocks = new Blocks({
    ids,
    write: async <Data>(method: string, path: string, body?: unknown) => {
      asked.push(`${method} ${path}${body ? ` ${JSON.stringify(body)}` : ""}`);
      const answer = Promise.withResolvers<void>();
      answers.push(answer);
      await answer.promise;
      return undefined as Data;
    },
    fetchIds: () => Promise.resolve(served),
  });
  const serve = (...now: UserId[]) => served = now;
  return { blocks, asked, answers, serve };
}

Deno.test("somebody is blocked at once, before the server has answered", async () => {
  const { blocks, asked, answers } = listOf();
  const told: UserId[][] = [];
  blocks.subscribe((ids) => told.push([...ids]));
  const done = blocks.block(ANN);
  expect([...blocks.ids]).toEqual([ANN]);
  answers[0]!.resolve();
  await done;
  const undone = blocks.unblock(ANN);
  answers[1]!.resolve();
  await undone;
  expect(told).toEqual([[ANN], []]);
  expect(asked).toEqual(['POST /api/me/blocks {"userId":"2"}', "DELETE /api/me/blocks/2"]);
});

Deno.test("a refused change is taken back, and says why", async () => {
  const { blocks, answers } = listOf(BEN);
  const done = blocks.block(ANN);
  answers[0]!.reject(new Refusal("FORBIDDEN", "You can block at most 1000 people."));
  await expect(done).rejects.toThrow("at most 1000");
  expect([...blocks.ids]).toEqual([BEN]);
});

Deno.test("what was blocked on another page holds here too, but never over a change of one's own", async () => {
  const { blocks, answers, serve } = listOf(BEN);
  serve(ANN);
  await blocks.refresh();
  expect([...blocks.ids]).toEqual([ANN]);
  const done = blocks.block(BEN);
  await blocks.refresh();
  expect([...blocks.ids]).toEqual([ANN, BEN]);
  answers[0]!.resolve();
  await done;
});

Deno.test("a change carries the CSRF token, and its body as JSON", async () => {
  const sent: RequestInit[] = [];
  const write = writeCall((_path, init) => {
    sent.push(init!);
    return Promise.resolve(Response.json({ success: true, data: [] }));
  }, "c1");
  await write("POST", "/api/me/blocks", { userId: "2" });
  const headers = new Headers(sent[0]!.headers);
  expect([headers.get("x-csrf-token"), headers.get("content-type"), sent[0]!.body]).toEqual([
    "c1",
    "application/json",
    '{"userId":"2"}',
  ]);
});
