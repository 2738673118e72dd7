/** Reactions and pins over the socket, and that what everybody sees is what the server has. */
import { expect } from "expect";
import { isDurable, type ServerEvent } from "../../lib/protocol/events.ts";
import type { MessageId, RoomId } from "../../lib/protocol/ids.ts";
import { REACTIONS_MAX } from "../../lib/protocol/limits.ts";
import { QUICK_REACTIONS } from "../../components/room/quick_reactions.ts";
import { react as reactFrame } from "../../lib/protocol/frames.ts";
import { act, join, slugRoom } from "../rooms/slug.ts";
import { type Member, member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";
import { viewOf } from "../support/view.ts";
import { before } from "../support/wait.ts";

const parley = parleyForFile({ nodes: 2 });

/** So many different emoji. */
const emojiNumber = (index: number) => String.fromCodePoint(0x1f400 + index);

/** Two people of a lounge, on two isolates, and something one of them has said. */
async function twoWithMessage(language: string) {
  const [here, there] = parley().nodes;
  const [ann, ben] = await Promise.all([guest(here!, { name: "Ann" }), guest(there!, { name: "Ben" })]);
  const { id: roomId } = await roomOf(here!, "general", language);
  const [speaker, hearer] = await Promise.all([connect(here!, ann), connect(there!, ben)]);
  await speaker.join(roomId);
  await hearer.join(roomId);
  const { messageId } = await speaker.say(roomId, "Hello");
  await hearer.take("new_message");
  return { ann, ben, there: there!, roomId, speaker, hearer, messageId: messageId! };
}

Deno.test("a reaction is put and taken back once when it is asked for twice, on two isolates", async () => {
  const { ann, ben, roomId, speaker, hearer, messageId } = await twoWithMessage("en");
  for (const on of [true, true, false, false, true]) {
    await hearer.done({ type: "react", messageId, emoji: "👍", on });
  }
  await speaker.done({ type: "react", messageId, emoji: "👍", on: true });
  await speaker.done({ type: "react", messageId, emoji: "❤️", on: true });
  for (const socket of [speaker, hearer]) await socket.take("reaction", ({ emoji }) => emoji === "❤️");
  const heard = (socket: TestSocket) =>
    socket.events.flatMap((event) =>
      event.type === "reaction" ? [[event.emoji, event.userId, event.on]] : []
    );
  const expected = [
    ["👍", ben.user.id, true],
    ["👍", ben.user.id, false],
    ["👍", ben.user.id, true],
    ["👍", ann.user.id, true],
    ["❤️", ann.user.id, true],
  ];
  expect([heard(speaker), heard(hearer)]).toEqual([expected, expected]);
  expect(viewOf(hearer.events, roomId).messages.at(-1)!.reactions).toEqual([
    { emoji: "👍", by: [ben.user.id, ann.user.id] },
    { emoji: "❤️", by: [ann.user.id] },
  ]);
  for (const socket of [speaker, hearer]) await socket.close();
});

Deno.test("the 21st different emoji is refused, and one of the 20 is not", async () => {
  const { speaker, hearer, messageId } = await twoWithMessage("es");
  for (let index = 0; index < REACTIONS_MAX; index++) {
    await speaker.done({ type: "react", messageId, emoji: emojiNumber(index), on: true });
  }
  const frame = { type: "react", messageId, on: true } as const;
  expect((await hearer.refused({ ...frame, emoji: emojiNumber(REACTIONS_MAX) })).code).toBe("FORBIDDEN");
  await hearer.done({ ...frame, emoji: emojiNumber(3) });
  await speaker.done({ ...frame, emoji: emojiNumber(4), on: false });
  await hearer.done({ ...frame, emoji: emojiNumber(REACTIONS_MAX) });
  for (const socket of [speaker, hearer]) await socket.close();
});

Deno.test("only an emoji is a reaction", async () => {
  const { speaker, hearer, messageId } = await twoWithMessage("fr");
  for (const emoji of ["", "a", "👍👍", "👍 ", "<b>", "1", "👍".repeat(40)]) {
    const { code } = await hearer.refused({ type: "react", messageId, emoji, on: true });
    expect([emoji, code]).toEqual([emoji, "VALIDATION_FAILED"]);
  }
  for (const { emoji } of QUICK_REACTIONS) {
    expect(reactFrame.safeParse({ type: "react", messageId, emoji, on: true }).success).toBe(true);
  }
  for (const socket of [speaker, hearer]) await socket.close();
});

Deno.test("a deleted message takes no reaction, and has none", async () => {
  const { speaker, hearer, roomId, messageId } = await twoWithMessage("de");
  await hearer.done({ type: "react", messageId, emoji: "😮", on: true });
  await speaker.done({ type: "delete_message", messageId });
  const refused = await hearer.refused({ type: "react", messageId, emoji: "😢", on: true });
  expect(refused.code).toBe("MESSAGE_NOT_FOUND");
  const unpinned = await hearer.refused({ type: "pin_message", messageId, on: true });
  expect(["FORBIDDEN", "MESSAGE_NOT_FOUND"]).toContain(unpinned.code);
  await hearer.take("message_deleted");
  const [message] = viewOf(hearer.events, roomId).messages.slice(-1);
  expect(message).toMatchObject({ body: "", deletedAt: expect.any(String) });
  expect(message!.reactions).toBeUndefined();
  for (const socket of [speaker, hearer]) await socket.close();
});

Deno.test("an archived room takes no reaction and no pin", async () => {
  const { node } = parley();
  const owner = await member(node);
  const room = await slugRoom(node, owner);
  const socket = await connect(node, owner);
  await socket.join(room.id);
  const { messageId } = await socket.say(room.id, "For the record");
  await (await act(node, owner, room, "archive", { archived: true })).body?.cancel();
  const frame = { messageId: messageId!, on: true };
  expect((await socket.refused({ type: "react", emoji: "👍", ...frame })).code).toBe("ROOM_INACTIVE");
  expect((await socket.refused({ type: "pin_message", ...frame })).code).toBe("ROOM_INACTIVE");
  await socket.close();
});

/** A generator of numbers that a seed decides (mulberry32). */
function dice(seed: number) {
  return (sides: number) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const EMOJI = ["👍", "❤️", "😂", "🎉"];
const ACTS = 120;

/** One of the people does something; what is not allowed is refused, and that is part of it. */
async function actAtRandom(
  socket: TestSocket,
  roomId: RoomId,
  said: MessageId[],
  roll: (n: number) => number,
) {
  const messageId = said[roll(said.length)];
  const on = roll(3) > 0;
  switch (messageId ? roll(9) : 0) {
    case 0:
    case 1: {
      const answer = await socket.say(roomId, `Line ${said.length}`);
      said.push(answer.messageId!);
      return;
    }
    case 2:
      return await socket.request({
        type: "edit_message",
        messageId: messageId!,
        body: `Changed ${roll(99)}`,
      });
    case 3:
      return roll(3) === 0 && await socket.request({ type: "delete_message", messageId: messageId! });
    case 4:
    case 5:
      return await socket.request({ type: "pin_message", messageId: messageId!, on });
    default:
      return await socket.request({
        type: "react",
        messageId: messageId!,
        emoji: EMOJI[roll(EMOJI.length)]!,
        on,
      });
  }
}

/** Everything of the log up to `head` has come. */
async function caughtUp(socket: TestSocket, head: number): Promise<void> {
  // An answer has the seq too, and may come before its event.
  if (socket.events.some((event) => isDurable(event) && event.seq === head)) return;
  const types = ["new_message", "message_edited", "message_deleted", "reaction", "message_pinned"] as const;
  await before(
    Promise.any(types.map((type) => socket.take(type, ({ seq }) => seq === head))),
    `event ${head}`,
  );
}

Deno.test("events make of an older state what a fresh fetch has, whatever four people do", async () => {
  const seed = Number(Deno.env.get("SEED") ?? crypto.getRandomValues(new Uint32Array(1))[0]);
  console.log(`SEED=${seed}`);
  const roll = dice(seed);
  const [here, there] = parley().nodes;
  const people: Member[] = [];
  for (const node of [here!, there!, here!, there!]) people.push(await member(node));
  const room = await slugRoom(here!, people[0]!);
  await join(here!, room, ...people.slice(1));
  const nodeOf = (index: number) => index % 2 === 0 ? here! : there!;
  const sockets = await Promise.all(people.map((who, index) => connect(nodeOf(index), who)));
  for (const socket of sockets) await socket.join(room.id);
  const said: MessageId[] = [];
  // One of them is away for the middle third, and resumes.
  const awayEvents: ServerEvent[] = [];
  for (let count = 0; count < ACTS; count++) {
    if (count === ACTS / 3) {
      await sockets[3]!.close();
      awayEvents.push(...sockets[3]!.events);
    }
    if (count === 2 * ACTS / 3) {
      sockets[3] = await connect(there!, people[3]!);
      const joined = await sockets[3].join(room.id, viewOf(awayEvents, room.id).headSeq);
      expect(joined.resumed).toBe(true);
    }
    const away = count >= ACTS / 3 && count < 2 * ACTS / 3;
    // Several at once, so that isolates contend for the room.
    const doers = Array.from({ length: 1 + roll(3) }, () => sockets[roll(away ? 3 : 4)]!);
    await Promise.all(doers.map((socket) => actAtRandom(socket, room.id, said, roll)));
  }
  const fresh = await connect(there!, people[1]!);
  const { headSeq } = await fresh.join(room.id);
  const truth = viewOf(fresh.events, room.id).messages;
  expect(truth.some(({ reactions }) => reactions)).toBe(true);
  for (const [index, socket] of sockets.entries()) {
    await caughtUp(socket, headSeq);
    const events = index === 3 ? [...awayEvents, ...socket.events] : socket.events;
    const state = viewOf(events, room.id);
    // A fresh fetch has the last page only.
    expect([index, state.headSeq, state.messages.slice(-truth.length)]).toEqual([index, headSeq, truth]);
  }
  for (const socket of [...sockets, fresh]) await socket.close();
});
