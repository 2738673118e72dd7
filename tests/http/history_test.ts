import { expect } from "expect";
import type { HistoryPage, LoungeView } from "../../lib/protocol/types.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { dataOf, guest, refusal, roomOf } from "../support/visitor.ts";

const parley = parleyForFile();

async function page(roomId: string, query = ""): Promise<Response> {
  return await fetch(`${parley().node.origin}/api/chatroom/rooms/${roomId}/messages${query}`);
}

/** A room in which `count` things were said, the fifth and the last of which were deleted. */
async function roomWith(count: number, language: string) {
  const { node } = parley();
  const socket = await connect(node, await guest(node));
  const { id } = await roomOf(node, "general", language);
  const acks = [];
  for (let index = 1; index <= count; index++) acks.push(await socket.say(id, `Line ${index}`));
  for (const ack of [acks[4]!, acks.at(-1)!]) {
    await socket.done({ type: "delete_message", messageId: ack.messageId! });
  }
  await socket.close();
  return { id };
}

Deno.test("history comes whole, each message once and oldest first, when it is paged through", async () => {
  const { id } = await roomWith(120, "en");
  const seen: number[] = [];
  let cursor: string | null = null;
  const sizes: number[] = [];
  do {
    const query: string = cursor === null ? "" : `?cursor=${cursor}`;
    const { messages, nextCursor }: HistoryPage = await dataOf(await page(id, query));
    const seqs = messages.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    seen.unshift(...seqs);
    sizes.push(messages.length);
    cursor = nextCursor;
  } while (cursor !== null);
  const kept = Array.from({ length: 120 }, (_, index) => index + 1).filter((seq) => seq !== 5 && seq !== 120);
  expect(seen).toEqual(kept);
  expect(sizes.every((size) => size <= 50)).toBe(true);
});

Deno.test("history comes in pages of the size that is asked for", async () => {
  const { id } = await roomWith(12, "fr");
  const { messages, nextCursor } = await dataOf<HistoryPage>(await page(id, "?limit=3&cursor=11"));
  expect(messages.map(({ seq }) => seq)).toEqual([8, 9, 10]);
  expect(nextCursor).toBe("8");
  const last = await dataOf<HistoryPage>(await page(id, "?limit=100&cursor=4"));
  expect(last.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(last.nextCursor).toBeNull();
});

Deno.test("history comes whole the other way too when it is asked for after a place", async () => {
  const { id } = await roomWith(120, "hi");
  const seen: number[] = [];
  for (let after: string | null = "0"; after !== null;) {
    const answer: HistoryPage = await dataOf(await page(id, `?after=${after}&limit=50`));
    expect(answer.messages.length).toBeLessThanOrEqual(50);
    seen.push(...answer.messages.map(({ seq }) => seq));
    after = answer.nextCursor;
  }
  const kept = Array.from({ length: 120 }, (_, index) => index + 1).filter((seq) => seq !== 5 && seq !== 120);
  expect(seen).toEqual(kept);
  expect(await dataOf(await page(id, "?after=120"))).toEqual({ messages: [], nextCursor: null });
});

Deno.test("a deleted message's words are nowhere in the history when it is read", async () => {
  const { id } = await roomWith(10, "de");
  const text = await (await page(id)).text();
  expect(text).toContain("Line 4");
  expect(text).not.toContain("Line 5");
  expect(text).not.toContain("Line 10");
});

Deno.test("history is refused when it is not asked for properly", async (test) => {
  const { id } = await roomOf(parley().node);
  for (
    const query of [
      "?limit=0",
      "?limit=101",
      "?limit=ten",
      "?cursor=0",
      "?cursor=-1",
      "?cursor=x",
      "?before=1",
      "?after=-1",
      "?after=1&cursor=9",
    ]
  ) {
    await test.step(query, async () => void await refusal(await page(id, query), 400, "VALIDATION_FAILED"));
  }
  for (const room of ["0", "999999999", "-1", "abc", "1;drop", "9".repeat(30)]) {
    await test.step(`room ${room}`, async () => void await refusal(await page(room), 404, "ROOM_NOT_FOUND"));
  }
});

Deno.test("the lounges are all there with their language rooms when they are listed", async () => {
  const lounges = await dataOf<LoungeView[]>(await fetch(`${parley().node.origin}/api/chatroom/lounges`));
  expect(lounges.map(({ slug }) => slug)).toEqual(["general", "music", "tech", "games", "late-night"]);
  for (const lounge of lounges) {
    const languages = lounge.rooms.map(({ language }) => language).sort();
    expect(languages).toEqual(["ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "zh"]);
    expect(lounge.rooms.find(({ language }) => language === "ar")).toMatchObject({ dir: "rtl", online: 0 });
    expect(lounge.ageRating).toBe(lounge.slug === "late-night" ? "_18PLUS_RED" : "_18PLUS");
    for (const name of [lounge.id, lounge.slug]) {
      const response = await fetch(`${parley().node.origin}/api/chatroom/lounges/${name}/rooms`);
      expect(await dataOf(response)).toEqual(lounge.rooms);
    }
  }
  await refusal(await fetch(`${parley().node.origin}/api/chatroom/lounges/nowhere/rooms`), 404, "NOT_FOUND");
});
