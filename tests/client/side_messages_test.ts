import { expect } from "expect";
import type { ServerEvent } from "../../lib/protocol/events.ts";
import { messageIdOf, type UserId } from "../../lib/protocol/ids.ts";
import type { Message } from "../../lib/protocol/types.ts";
import { pinnedSource, SideMessages, threadSource } from "../../lib/client/side_messages.ts";
import { messageAt, ROOM, room } from "../protocol/room_model.ts";

const AT = "2026-08-02T12:00:00.000Z";
const id = (seq: number) => messageIdOf(ROOM, seq);
const answer = (seq: number, to: number): Message => ({ ...messageAt(seq), replyTo: id(to) });
const said = (message: Message): ServerEvent => ({
  type: "new_message",
  roomId: ROOM,
  seq: message.seq,
  message,
});
const pinned = (seq: number, on: boolean, at = 90): ServerEvent => ({
  type: "message_pinned",
  ...{ roomId: ROOM, seq: at, messageId: id(seq), userId: "2" as UserId, on, at: AT },
});

/** A list beside the conversation whose fetches are answered by hand. */
function beside(kind: "pins" | "thread") {
  const asked: { path: string; answer: (messages: Message[] | "refused") => Promise<void> }[] = [];
  const fetch = (path: string) => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    asked.push({
      path,
      async answer(messages) {
        resolve(
          messages === "refused"
            ? Response.json({ success: false, error: { code: "FORBIDDEN", message: "Not for you." } })
            : Response.json({ success: true, data: messages }),
        );
        await new Promise((done) => setTimeout(done));
      },
    });
    return promise;
  };
  let hear = (_events: ServerEvent[]) => {};
  const socket = { onEvents: (listener: typeof hear) => (hear = listener, () => void (hear = () => {})) };
  const source = kind === "pins" ? pinnedSource(ROOM, fetch) : threadSource(ROOM, 3, fetch);
  const side = new SideMessages(ROOM, source, socket);
  side.start();
  const seqs = () => side.view.messages.map(({ seq }) => seq);
  return { side, asked, seqs, tell: (...events: ServerEvent[]) => hear(events) };
}

Deno.test("a thread takes in what answers it, and nothing else", async () => {
  const { side, asked, seqs, tell } = beside("thread");
  expect(asked[0]!.path).toBe(`/api/chatroom/rooms/${ROOM}/messages/3/thread`);
  await asked[0]!.answer([messageAt(3), answer(5, 3)]);
  tell(said(answer(6, 5)), said(messageAt(7)), said(answer(8, 2)));
  tell({ type: "message_edited", roomId: ROOM, seq: 9, messageId: id(5), body: "Changed", editedAt: AT });
  expect(seqs()).toEqual([3, 5, 6]);
  expect(side.view.messages[1]!.body).toBe("Changed");
});

Deno.test("what came while a thread was fetched is in it once", async () => {
  const { asked, seqs, tell } = beside("thread");
  tell(said(answer(5, 3)), said(answer(6, 3)));
  await asked[0]!.answer([messageAt(3), answer(5, 3)]);
  expect(seqs()).toEqual([3, 5, 6]);
});

Deno.test("a pin that is new is fetched, and one that is taken down goes at once", async () => {
  const { asked, seqs, tell } = beside("pins");
  await asked[0]!.answer([{ ...messageAt(5), pinnedAt: AT }, { ...messageAt(4), pinnedAt: AT }]);
  tell(pinned(4, false));
  expect(seqs()).toEqual([5]);
  expect(asked).toHaveLength(1);
  tell(pinned(9, true));
  await asked[1]!.answer([{ ...messageAt(9), pinnedAt: AT }, { ...messageAt(5), pinnedAt: AT }]);
  expect(seqs()).toEqual([9, 5]);
  tell({ type: "message_deleted", roomId: ROOM, seq: 95, messageId: id(9), deletedAt: AT });
  expect(seqs()).toEqual([5]);
});

Deno.test("everything is fetched anew when the room came back with a fresh page", async () => {
  const { asked, seqs, tell } = beside("thread");
  await asked[0]!.answer([messageAt(3)]);
  const joined = { type: "room_joined", roomId: ROOM, room, headSeq: 9, readSeq: 0, messages: [] } as const;
  const here = { hasOlder: true, members: [], presence: { online: 0 } };
  tell({ ...joined, ...here, messages: [], resumed: true });
  expect(asked).toHaveLength(1);
  tell({ ...joined, ...here, messages: [] });
  await asked[1]!.answer([messageAt(3), answer(8, 3)]);
  expect(seqs()).toEqual([3, 8]);
});

Deno.test("a refusal is said, and trying again helps", async () => {
  const { side, asked, seqs } = beside("pins");
  await asked[0]!.answer("refused");
  expect(side.view).toMatchObject({ phase: "failed", reason: "Not for you." });
  side.load();
  await asked[1]!.answer([{ ...messageAt(5), pinnedAt: AT }]);
  expect([side.view.phase, seqs()]).toEqual(["ready", [5]]);
  side.stop();
});
