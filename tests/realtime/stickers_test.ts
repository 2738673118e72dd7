import { expect } from "expect";
import { connectGhost, encryptedRoom, ghost, SEALED } from "../ghosts/people.ts";
import { parleyForFile } from "../support/node.ts";
import { connect } from "../support/socket.ts";
import { guest, roomOf } from "../support/visitor.ts";

const parley = parleyForFile({ nodes: 2 });

async function enter(nodeIndex: number, name: string) {
  const node = parley().nodes[nodeIndex]!;
  const socket = await connect(node, await guest(node, { name }));
  const { id: roomId } = await roomOf(node);
  await socket.join(roomId);
  return { roomId, socket };
}

Deno.test("a sticker reaches everybody, and stands in history as one, when it is sent", async () => {
  const [ann, ben] = [await enter(0, "Ann"), await enter(1, "Ben")];
  const { roomId } = ann;
  const { seq, messageId } = await ann.socket.done({
    ...{ type: "send_message", roomId, clientId: "s1" },
    ...{ kind: "STICKER", body: "hello" },
  });
  const { message } = await ben.socket.take("new_message", (event) => event.seq === seq);
  expect(message).toMatchObject({ id: messageId, kind: "STICKER", body: "hello" });
  const late = await enter(1, "Cleo");
  const { messages } = await late.socket.join(roomId);
  expect(messages.at(-1)).toMatchObject({ id: messageId, kind: "STICKER", body: "hello" });
  for (const { socket } of [ann, ben, late]) await socket.close();
});

Deno.test("a sticker is refused when there is none of that name, or when files go with it", async () => {
  const { roomId, socket } = await enter(0, "Ann");
  const sticker = { type: "send_message", roomId, clientId: "s2", kind: "STICKER" } as const;
  for (const body of ["Hello there", "HELLO", "constructor"]) {
    const refused = await socket.refused({ ...sticker, body });
    expect(refused).toMatchObject({ code: "VALIDATION_FAILED", fields: { body: expect.any(String) } });
  }
  const attachments = [crypto.randomUUID()];
  expect((await socket.refused({ ...sticker, body: "hello", attachments })).code).toBe("VALIDATION_FAILED");
  await socket.close();
});

Deno.test("a sticker is not changed into words when its author edits it", async () => {
  const { roomId, socket } = await enter(0, "Ann");
  const { messageId } = await socket.done({
    ...{ type: "send_message", roomId, clientId: "s3" },
    ...{ kind: "STICKER", body: "yes" },
  });
  const refused = await socket.refused({ type: "edit_message", messageId: messageId!, body: "no" });
  expect(refused.code).toBe("FORBIDDEN");
  await socket.done({ type: "delete_message", messageId: messageId! });
  await socket.close();
});

Deno.test("an encrypted room takes no sticker, sealed or not", async () => {
  const { node } = parley();
  const ann = await connectGhost(node, await ghost(node, (await encryptedRoom(node)).token, "Ann"));
  for (const body of ["hello", SEALED]) {
    const frame = {
      type: "send_message",
      roomId: ann.roomId,
      clientId: "s4",
      kind: "STICKER",
      body,
    } as const;
    expect((await ann.refused(frame)).code).toBe("VALIDATION_FAILED");
  }
  await ann.close();
});
