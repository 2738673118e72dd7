import { expect } from "expect";
import type { ClientFrameInput } from "../../lib/protocol/frames.ts";
import { fileNames, isWordless } from "../../lib/protocol/attachments.ts";
import type { Attachment, Viewer } from "../../lib/protocol/types.ts";
import { Composer } from "../../lib/client/composer.ts";
import { Drafts } from "../../lib/client/drafts.ts";
import { Outbox } from "../../lib/client/outbox.ts";
import { OutboxStore } from "../../lib/client/outbox_store.ts";
import { TypingSignal } from "../../lib/client/typing_signal.ts";
import { MessageViews } from "../../lib/client/view_messages.ts";
import { ME, ROOM } from "../protocol/room_model.ts";
import { HandClock, settled, SharedStorage } from "./support.ts";

const file = (id: string, name: string): Attachment => ({
  id,
  name,
  type: "image/png",
  size: 3,
  url: `/f/${id}`,
});
const PICTURES = [file("a", "bridge.png"), file("b", "lantern.png")];

function setup() {
  const frames: ClientFrameInput[] = [];
  const storage = new SharedStorage();
  const clock = new HandClock();
  const outbox = new Outbox({
    roomId: ROOM,
    store: new OutboxStore(storage.tab(), ME, ROOM),
    timers: clock,
    request: (frame) => {
      frames.push(frame);
      return Promise.resolve({ type: "ack", seq: 1 });
    },
  });
  const room = {
    send: (body: string, replyTo?: undefined, attachments?: readonly Attachment[]) =>
      void outbox.add(body, replyTo, attachments),
    edit: () => Promise.resolve(),
    typing: new TypingSignal(clock, () => {}),
  };
  const composer = new Composer(
    room as ConstructorParameters<typeof Composer>[0],
    ROOM,
    new Drafts(storage.tab(), ME),
    "",
  );
  return { outbox, composer, frames, storage };
}

Deno.test("files go out with their message by their ids, and wait with it over a reload", async () => {
  const { outbox, composer, frames, storage } = setup();
  composer.typed("See both");
  expect(await composer.submit(PICTURES)).toBe(true);
  expect(new OutboxStore(storage.tab(), ME, ROOM).load()[0]?.attachments).toEqual(PICTURES);
  const viewer: Viewer = { id: ME, name: "Me", tier: "ghost", ageCategory: "_18PLUS", role: "USER" };
  const [shown] = new MessageViews(viewer).of({ room: { messages: [] } as never, outgoing: outbox.entries });
  expect(shown?.attachments).toEqual(PICTURES);
  outbox.resume();
  await settled();
  expect(frames).toMatchObject([{ type: "send_message", body: "See both", attachments: ["a", "b"] }]);
});

Deno.test("a message needs words unless it has files, whose names then stand for them", async () => {
  const { composer, outbox, frames } = setup();
  expect(await composer.submit()).toBe(false);
  expect(await composer.submit(PICTURES)).toBe(true);
  outbox.resume();
  await settled();
  expect(frames).toMatchObject([{ body: "bridge.png, lantern.png" }]);
  expect(isWordless({ body: fileNames(PICTURES), attachments: PICTURES })).toBe(true);
  expect(isWordless({ body: "See both", attachments: PICTURES })).toBe(false);
  expect(isWordless({ body: "", attachments: [] })).toBe(false);
});

Deno.test("a message without files says nothing of any", async () => {
  const { composer, outbox, frames } = setup();
  composer.typed("Only words");
  await composer.submit();
  outbox.resume();
  await settled();
  expect(frames[0]).not.toHaveProperty("attachments");
});
