import { expect } from "expect";
import { eventsAfter } from "../../db/queries/events.ts";
import { findMessage } from "../../db/queries/messages.ts";
import { findUser } from "../../db/queries/users.ts";
import { preparePosting } from "../../lib/messages/post.ts";
import { block } from "../../lib/profile/blocks.ts";
import { avatarPath } from "../../lib/protocol/avatars.ts";
import { roomPage } from "../../lib/rooms/room_page.ts";
import { member } from "../support/member.ts";
import { parleyForFile } from "../support/node.ts";
import { guest, roomOf } from "../support/visitor.ts";

const parley = parleyForFile();
const PLACE = { lounge: "general", language: "en" };

Deno.test("a message names its author alike, live, in history and in what was missed", async () => {
  const { node } = parley();
  const { services } = node;
  const ann = await member(node, { username: "ann_lee", name: "Ann" });
  await services.sql`update users set avatar = 'abc' where id = ${ann.user.id}`;
  const viewer = (await findUser(services.sql, ann.user.id))!;
  const { id: roomId } = await roomOf(node);
  const input = { roomId, clientId: crypto.randomUUID(), body: "Hello" };
  const posting = await preparePosting(services, viewer, input);
  const { seq } = await services.realtime.post(posting);
  const author = { id: viewer.id, name: "Ann", username: "ann_lee", avatar: avatarPath("abc") };
  expect(posting.author).toEqual(author);
  expect((await findMessage(services.sql, roomId, seq))?.author).toEqual(author);
  const [event] = (await eventsAfter(services.sql, [{ roomId, after: seq - 1 }], 1)).get(roomId)!;
  expect(event).toMatchObject({ type: "new_message", message: { author } });
  const { text } = await ann.get("/lounges/general/en");
  expect(text).toContain('href="/u/ann_lee"');
  expect(text).toContain(`src="${avatarPath("abc", 64)}"`);
});

Deno.test("a room's page carries the ids of those whom its viewer has blocked, and nobody else's", async () => {
  const { node } = parley();
  const { services } = node;
  const [ann, ben] = [await guest(node), await guest(node)];
  await block(services, ann.user.id, { userId: ben.user.id });
  const blockedFor = async (viewer: typeof ann.user | null) =>
    (await roomPage(services, viewer, PLACE)).blocked;
  expect(await blockedFor(ann.user)).toEqual([ben.user.id]);
  expect(await blockedFor(ben.user)).toEqual([]);
  expect(await blockedFor(null)).toEqual([]);
});
