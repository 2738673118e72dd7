/** Previews in rooms, as sockets hear of them: live, on resuming and in a fresh fetch, on two isolates. */
import { expect } from "expect";
import type { MessageId, RoomId } from "../../lib/protocol/ids.ts";
import type { HistoryPage, LinkPreview, Message } from "../../lib/protocol/types.ts";
import { FOUND_FOR } from "../../lib/previews/perform.ts";
import { AWAITED_FOR } from "../../lib/previews/show.ts";
import { act, join, slugRoom } from "../rooms/slug.ts";
import { type Member, member } from "../support/member.ts";
import { connect, type TestSocket } from "../support/socket.ts";
import { viewOf } from "../support/view.ts";
import { dataOf, Visitor } from "../support/visitor.ts";
import { until } from "../support/wait.ts";
import { Gate } from "./gate.ts";
import { type Answering, html } from "./servers.ts";
import { gallery } from "./shop.ts";
import { startWebParley, type WebParley } from "./web_nodes.ts";

let here: WebParley;
/** Holds the server's answers to paths that begin with `/held`. */
let gate = new Gate();
let gone = false;

Deno.test.beforeAll(async () => {
  const pictured = await gallery();
  const answer: Answering = async (say, request, left) => {
    const [, path = ""] = /^GET (\S+) /.exec(request) ?? [];
    if (path.startsWith("/dusk")) return await pictured(say, request, left);
    if (path.startsWith("/held")) await gate.pass();
    await say(html(gone ? "" : `<title>Page ${path}</title>`));
  };
  here = await startWebParley(answer, { hosts: { "inner.example": ["10.0.0.7"] } });
});
Deno.test.afterAll(async () => await here?.[Symbol.asyncDispose]());

interface Meeting extends AsyncDisposable {
  roomId: RoomId;
  owner: Member;
  ann: TestSocket;
  ben: TestSocket;
  benWho: Member;
}

/** Two members of a room of their own, on two isolates; Ann owns it. */
async function meeting(): Promise<Meeting> {
  const [one, two] = here.parley.nodes;
  const [owner, benWho] = [await member(one!), await member(two!)];
  const room = await slugRoom(one!, owner);
  await join(one!, room, benWho);
  const [ann, ben] = [await connect(one!, owner), await connect(two!, benWho)];
  for (const socket of [ann, ben]) await socket.join(room.id);
  const close = async () => {
    await ann.close();
    await ben.close();
  };
  return { roomId: room.id, owner, ann, ben, benWho, [Symbol.asyncDispose]: close };
}

const told = (socket: TestSocket) => socket.take("message_previews");
const card = (path: string): LinkPreview => ({
  url: here.at(path),
  title: `Page ${path}`,
  type: "website",
});

/** The room's messages as a page of history has them. */
async function history({ roomId, owner }: Meeting): Promise<Message[]> {
  const place = here.parley.nodes[1]!;
  const headers = { authorization: `Bearer ${owner.accessToken}` };
  const path = `/api/chatroom/rooms/${roomId}/messages`;
  const { messages } = await dataOf<HistoryPage>(await new Visitor(place).fetch(path, { headers }));
  return messages.filter(({ author }) => author);
}

/** What each of them shows, and a fresh fetch has: the same. */
async function shown(room: Meeting): Promise<Message[]> {
  const fresh = await connect(here.parley.nodes[1]!, room.benWho);
  const { messages, headSeq } = await fresh.join(room.roomId);
  await fresh.close();
  for (const socket of [room.ann, room.ben]) {
    await until("the last event", () => viewOf(socket.events, room.roomId).headSeq >= headSeq);
    expect(viewOf(socket.events, room.roomId).messages).toEqual(messages);
  }
  return messages.filter(({ author }) => author);
}

/** Lets so many milliseconds go by for what is known of addresses, and for messages that wait. */
async function pass(ms: number): Promise<void> {
  const { sql } = here.parley.database;
  const span = `${ms} milliseconds`;
  await sql`update link_previews set expires_at = expires_at - ${span}::interval`;
  await sql`update message_links set noted_at = noted_at - ${span}::interval`;
}

Deno.test("a link's preview comes under its message on every isolate, with its picture, and stays there", async () => {
  await using room = await meeting();
  const { messageId, seq } = await room.ann.say(room.roomId, `Look: ${here.at("/dusk")}`);
  const [heard, alsoHeard] = [await told(room.ben), await told(room.ann)];
  expect(alsoHeard).toEqual(heard);
  const image = {
    url: expect.stringMatching(/^\/files\/previews\/[\w-]{22}\.webp$/),
    width: 560,
    height: 294,
  };
  const preview = { url: here.at("/dusk"), title: "Dusk", type: "website", image };
  expect(heard).toMatchObject({ messageId, seq: seq + 1, previews: [preview] });
  const [message] = await shown(room);
  expect(message!.previews).toEqual(heard.previews);
  expect((await history(room))[0]!.previews).toEqual(heard.previews);

  const address = here.parley.nodes[1]!.origin + message!.previews![0]!.image!.url;
  const picture = await fetch(address);
  expect((await picture.bytes()).subarray(8, 12)).toEqual(new TextEncoder().encode("WEBP"));
  expect(Object.fromEntries(picture.headers)).toMatchObject({
    "content-type": "image/webp",
    "x-content-type-options": "nosniff",
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  const guess = await fetch(address.replace(/.{22}\.webp$/, `${"A".repeat(22)}.webp`));
  await guess.body?.cancel();
  expect(guess.status).toBe(404);
});

Deno.test("somebody who was away has what somebody who stayed has", async () => {
  await using room = await meeting();
  gate = new Gate();
  await room.ann.say(room.roomId, here.at("/held/1"));
  await room.ben.take("new_message");
  const away = [...room.ben.events];
  await room.ben.close();
  gate.open();
  await told(room.ann);
  await room.ann.say(room.roomId, `${here.at("/held/1")} and ${here.at("/away")}`);
  // The first is known and stands there at once, the second is fetched.
  const both = [card("/held/1"), card("/away")];
  await room.ann.take("message_previews", ({ previews }) => previews.length === 2);
  const back = await connect(here.parley.nodes[1]!, room.benWho);
  expect((await back.join(room.roomId, viewOf(away, room.roomId).headSeq)).resumed).toBe(true);
  const resumed = viewOf([...away, ...back.events], room.roomId);
  expect(resumed.messages).toEqual(viewOf(room.ann.events, room.roomId).messages);
  expect((await history(room)).map(({ previews }) => previews)).toEqual([[card("/held/1")], both]);
  expect(resumed.messages.slice(-2)).toEqual(await history(room));
  await back.close();
});

Deno.test("an edit's links are those that get previews, and one without takes them away", async () => {
  await using room = await meeting();
  const { messageId: id } = await room.ann.say(room.roomId, `${here.at("/one")} ${here.at("/two")}`);
  const messageId = id!;
  const edit = (body: string) => room.ann.done({ type: "edit_message", messageId, body });
  await room.ben.take("message_previews", ({ previews }) => previews.length === 2);
  await edit(`${here.at("/three")} ${here.at("/two")}`);
  await room.ben.take("message_previews", ({ previews }) => previews[0]?.title === "Page /three");
  expect((await shown(room))[0]!.previews).toEqual([card("/three"), card("/two")]);
  await edit(`\`${here.at("/three")}\` ||${here.at("/two")}|| <${here.at("/one")}>`);
  await room.ben.take("message_previews", ({ previews }) => previews.length === 0);
  expect((await shown(room))[0]!.previews).toBeUndefined();
  await edit("no links");
  expect((await shown(room)).length).toBe(1);
});

Deno.test("a deleted message has no previews, and its links are forgotten", async () => {
  await using room = await meeting();
  const { messageId } = await room.ann.say(room.roomId, here.at("/gone"));
  await told(room.ben);
  gate = new Gate();
  const late = await room.ann.say(room.roomId, here.at("/held/gone"));
  await gate.reached();
  for (const id of [messageId!, late.messageId!]) {
    await room.ann.done({ type: "delete_message", messageId: id });
  }
  gate.open();
  const { sql } = here.parley.database;
  await until("the fetch", async () =>
    (await sql`
    select 1 from link_previews where url = ${here.at("/held/gone")} and state = 'found'`).length === 1);
  const messages = await shown(room);
  expect(messages.map(({ previews, deletedAt }) => [previews, deletedAt !== undefined])).toEqual([
    [undefined, true],
    [undefined, true],
  ]);
  expect(await sql`select 1 from message_links where room_id = ${room.roomId}`).toEqual([]);
  // Nor do those who resume get the words of a page that was taken back.
  const back = await connect(here.parley.nodes[1]!, room.benWho);
  await back.join(room.roomId, 2);
  expect((await told(back)).previews).toEqual([]);
  await back.close();
});

Deno.test("previews are removed for good by the author and by moderators, and by nobody else", async () => {
  await using room = await meeting();
  const remove = (messageId: MessageId | undefined) =>
    ({ type: "remove_previews", messageId: messageId! }) as const;
  const { messageId: mine } = await room.ben.say(room.roomId, here.at("/mine"));
  const { messageId: hers } = await room.ann.say(room.roomId, here.at("/hers"));
  for (let heard = 0; heard < 2; heard++) await told(room.ben);
  expect((await room.ben.refused(remove(hers))).code).toBe("FORBIDDEN");
  await room.ben.done(remove(mine));
  expect(await told(room.ben)).toMatchObject({ messageId: mine, previews: [] });
  // Once is enough.
  expect((await room.ben.done(remove(mine))).seq).toBeUndefined();
  await room.ben.done({
    type: "edit_message",
    messageId: mine!,
    body: `${here.at("/mine")} ${here.at("/other")}`,
  });
  const { messageId: his } = await room.ben.say(room.roomId, here.at("/his"));
  await room.ben.take("message_previews", ({ messageId }) => messageId === his);
  await room.ann.done(remove(his));
  const messages = await shown(room);
  expect(messages.map(({ previews }) => previews)).toEqual([undefined, [card("/hers")], undefined]);
});

Deno.test("a preview that nobody waits for any more comes under no message, and old words are left alone", async () => {
  await using room = await meeting();
  gone = true;
  await room.ann.say(room.roomId, here.at("/later"));
  const { sql } = here.parley.database;
  const state = async () =>
    (await sql<{ state: string }[]>`
    select state from link_previews where url = ${here.at("/later")}`)[0]?.state;
  await until("nothing to be found", async () => await state() === "nothing");
  gone = false;
  await pass(AWAITED_FOR + 1);
  await room.ben.say(room.roomId, here.at("/later"));
  await told(room.ann);
  const messages = await shown(room);
  expect(messages.map(({ previews }) => previews)).toEqual([undefined, [card("/later")]]);
});

Deno.test("what a message shows stays as it was when the page is another, and so does its picture", async () => {
  await using room = await meeting();
  const say = async () => {
    await room.ann.say(room.roomId, here.at("/dusk/again"));
    return (await told(room.ann)).previews[0]!;
  };
  const before = await say();
  expect(await say()).toEqual(before);
  await pass(FOUND_FOR + 1);
  const after = await say();
  expect(after.image!.url).not.toBe(before.image!.url);
  for (const { image } of [before, after]) {
    const picture = await fetch(here.parley.node.origin + image!.url);
    await picture.body?.cancel();
    expect(picture.status).toBe(200);
  }
  expect((await shown(room)).map(({ previews }) => previews)).toEqual([[before], [before], [after]]);
});

Deno.test("a link to what is not public has no preview, and nobody is asked", async () => {
  await using room = await meeting();
  const asked = here.site.requests.length;
  const dialled = here.web.dialled.length;
  const links = [
    here.at("/", "inner.example"),
    `http://10.0.0.7:${here.site.port}/`,
    `http://[::1]:${here.site.port}/`,
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/",
    "https://user:secret@page.example/",
  ];
  for (const link of links) await room.ann.say(room.roomId, link);
  const { sql } = here.parley.database;
  await until("all jobs done", async () =>
    (await sql`
    select 1 from jobs where kind = 'fetch-preview' and state in ('waiting', 'running')`).length === 0);
  await room.ann.say(room.roomId, here.at("/public"));
  await told(room.ben);
  expect(here.site.requests.length).toBe(asked + 1);
  expect(here.web.dialled.length).toBe(dialled + 1);
  const messages = await shown(room);
  expect(messages.filter(({ previews }) => previews).map(({ body }) => body)).toEqual([here.at("/public")]);
});

Deno.test("a room that is archived meanwhile shows nothing new", async () => {
  await using room = await meeting();
  gate = new Gate();
  await room.ann.say(room.roomId, here.at("/held/archived"));
  await gate.reached();
  await dataOf(await act(here.parley.node, room.owner, { id: room.roomId }, "archive", { archived: true }));
  gate.open();
  const { sql } = here.parley.database;
  await until("the fetch", async () =>
    (await sql`
    select 1 from jobs where kind = 'fetch-preview' and state in ('waiting', 'running')`).length === 0);
  expect((await history(room))[0]!.previews).toBeUndefined();
});
